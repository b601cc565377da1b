package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import io.github.defenderreactive.runtime.internal.token.RequestedScope;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * An application at the token endpoint of a tenant. Adds the client id, the scope and the client authentication to a
 * grant.
 */
final class OAuthClient {

    private final ClientID id;
    private final ClientAuthentication proof;
    private final TokenEndpoint endpoint;

    OAuthClient(String clientId, ClientAuthentication proof, TokenEndpoint endpoint) {
        this.id = new ClientID(clientId);
        this.proof = proof;
        this.endpoint = endpoint;
    }

    ClientID id() {
        return id;
    }

    TokenEndpoint endpoint() {
        return endpoint;
    }

    /** Exchanges a grant for tokens of the application, or of the user of the grant. */
    Mono<IssuedTokens> requestTokens(AuthorizationGrant grant, TokenRequest request) {
        return Mono.defer(() -> requestTokens(grant, RequestedScope.withoutUser(request), Map.of()));
    }

    /**
     * Exchanges a grant for tokens, which may be on behalf of a user.
     *
     * @param more additional form fields
     */
    Mono<IssuedTokens> requestTokens(AuthorizationGrant grant, TokenRequest request, Map<String, String> more) {
        return Mono.defer(() -> {
            // measured before sending, because a lifetime begins at some time after it
            Instant requestedAt = endpoint.clock().instant();
            return send(grant, request, more).map(response -> endpoint.read(response, requestedAt));
        });
    }

    /** Sends a grant and returns the response, even if it is an error. */
    Mono<TokenEndpoint.Response> send(AuthorizationGrant grant, TokenRequest request, Map<String, String> more) {
        return proof.at(endpoint.uri())
                .flatMap(proven -> endpoint.send(message(endpoint.uri(), grant, request, proven, more)));
    }

    /** Requests a device code. */
    Mono<TokenEndpoint.Response> requestDeviceCode(TokenRequest request) {
        return proof.at(endpoint.uri()).flatMap(proven -> {
            DeviceAuthorizationRequest.Builder message = proven.isEmpty()
                    ? new DeviceAuthorizationRequest.Builder(id)
                    : new DeviceAuthorizationRequest.Builder(new FormClientAuthentication(id, proven));
            message.endpointURI(endpoint.endpoints().deviceCode()).scope(Scope.parse(request.scope()));
            if (request.claims() != null) {
                message.customParameter("claims", request.claims());
            }
            return endpoint.send(message.build());
        });
    }

    private com.nimbusds.oauth2.sdk.TokenRequest message(
            URI uri,
            AuthorizationGrant grant,
            TokenRequest request,
            Map<String, String> proven,
            Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        if (endpoint.version() == TokenEndpoint.Version.V1) {
            fields.put("resource", resource(request.scope()));
        } else {
            // not set by the builder, which omits it from some grants although the authority reads it there
            fields.put("scope", Scope.parse(request.scope()).toString());
        }
        if (request.claims() != null) {
            fields.put("claims", request.claims());
        }
        var message = proven.isEmpty()
                ? new com.nimbusds.oauth2.sdk.TokenRequest.Builder(uri, id, grant)
                : new com.nimbusds.oauth2.sdk.TokenRequest.Builder(
                        uri, new FormClientAuthentication(id, proven), grant);
        fields.forEach((name, value) -> message.customParameter(name, value));
        return message.build();
    }

    /** Returns the resource, which the version 1 endpoint takes instead of a scope. */
    private static String resource(String scope) {
        List<String> scopes = Scope.parse(scope).toStringList();
        String only = scopes.get(0);
        if (scopes.size() != 1 || !only.endsWith(RequestedScope.DEFAULT_SUFFIX)) {
            throw TokenErrors.unusable("The version 1 endpoint takes one scope that ends in "
                    + RequestedScope.DEFAULT_SUFFIX + ", not " + scope);
        }
        return only.substring(0, only.length() - RequestedScope.DEFAULT_SUFFIX.length());
    }

    @Override
    public String toString() {
        return "clientId=" + id.getValue() + ", " + endpoint;
    }
}
