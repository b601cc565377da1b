package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * A service that calls on behalf of the users that call it. Which user it is, each {@link TokenRequest} says; tokens of two
 * users are never mixed.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. Rests on the platform's page <i>OAuth 2.0 On-Behalf-Of
 * flow</i>.
 *
 * @since 0.1.0
 */
public final class OnBehalfOfCredential implements TokenCredential {

    private final OAuthClient client;

    private OnBehalfOfCredential(OAuthClient client) {
        this.client = client;
    }

    /**
     * A builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gets a new access token of the user from the authority.
     *
     * @param request what the token is for, and for which user
     * @return the token; or {@link io.github.defenderreactive.runtime.error.AuthenticationException} when the request names
     *     no user, the user's token is not one for this application or has ended, or the user must sign in again; else as
     *     {@link ClientSecretCredential#getToken}. Cancel stops the exchange
     */
    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.defer(() -> client.ask(grant(request), request, Map.of("requested_token_use", "on_behalf_of"))
                .map(IssuedTokens::access));
    }

    private static JWTBearerGrant grant(TokenRequest request) {
        UserAssertion user = request.user();
        if (user == null) {
            throw TokenErrors.unusable(
                    "The call is on behalf of nobody: name the user with onBehalfOf(...) of the client");
        }
        try {
            return new JWTBearerGrant(SignedJWT.parse(user.value()));
        } catch (ParseException e) {
            // without the cause, which may quote the token
            throw TokenErrors.unusable("The user's access token is no signed JWT: hand over the token the user's call"
                    + " came with, without \"Bearer\"");
        }
    }

    @Override
    public String toString() {
        return "OnBehalfOfCredential[" + client + "]";
    }

    /**
     * Collects what an {@link OnBehalfOfCredential} needs.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private Builder() {}

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, transport or the proof of the application is missing
         */
        @Override
        public OnBehalfOfCredential build() {
            require(isPublic() ? List.of("clientSecret, clientCertificate or clientAssertion") : List.of());
            return new OnBehalfOfCredential(client(proof()));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
