package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.Request;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.authority.AuthorityBody;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import io.github.defenderreactive.runtime.internal.token.TokenResponse;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.RequestBody;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The endpoints of one tenant at an authority. Sends messages of the OAuth 2.0 library over a {@link Transport}. */
final class TokenEndpoint {

    /** The generation of the endpoints. */
    enum Version {
        V1("/oauth2/"),
        V2("/oauth2/v2.0/");

        private final String path;

        Version(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    private final AuthorityEndpoints endpoints;
    private final Version version;
    private final Transport transport;
    private final Clock clock;

    TokenEndpoint(AuthorityEndpoints endpoints, Version version, Transport transport, Clock clock) {
        this.endpoints = endpoints;
        this.version = version;
        this.transport = transport;
        this.clock = clock;
    }

    /** Returns the common prefix of the addresses of a tenant. */
    static String base(URI authority, String tenantId) {
        String root = authority.toString();
        while (root.endsWith("/")) {
            root = root.substring(0, root.length() - 1);
        }
        return root + "/" + tenantId;
    }

    Version version() {
        return version;
    }

    Clock clock() {
        return clock;
    }

    /** Returns the address of the token endpoint. */
    URI uri() {
        return endpoints.token();
    }

    /** Returns the addresses of the authority. */
    AuthorityEndpoints endpoints() {
        return endpoints;
    }

    /** Reads the tokens in a response. Fails if it contains none. */
    IssuedTokens read(Response response, Instant requestedAt) {
        return TokenResponse.read(response.head(), response.text(), requestedAt, host(), response.redaction());
    }

    /** Returns the error of a response without tokens. */
    DefenderException refusal(Response response) {
        return TokenErrors.refused(
                response.head(), AuthorityBody.members(response.text()), host(), response.redaction(), clock.instant());
    }

    String host() {
        return uri().getHost();
    }

    /** Sends a message and returns the response, even if it is an error. */
    Mono<Response> send(Request message) {
        return Mono.defer(() -> {
            HTTPRequest http = message.toHTTPRequest();
            TransportRequest request = new TransportRequest(
                    "POST",
                    http.getURI(),
                    Map.of(
                            "Content-Type",
                            "application/x-www-form-urlencoded; charset=UTF-8",
                            "Accept",
                            "application/json"),
                    RequestBody.of(ByteBuffer.wrap(http.getBody().getBytes(StandardCharsets.UTF_8))),
                    Lane.INTERACTIVE);
            return transport
                    .exchange(
                            request,
                            (head, body) -> body.collect(ByteArrayOutputStream::new, AuthorityBody::add)
                                    .map(bytes -> new Response(
                                            head, bytes.toString(StandardCharsets.UTF_8), Redaction.of(request))))
                    .single();
        });
    }

    @Override
    public String toString() {
        return "endpoint=" + uri();
    }

    /** A response of the authority, not yet parsed. */
    record Response(ResponseHead head, String text, Redaction redaction) {

        /**
         * Returns the error code, or null if the response is not an error. Some authorities return errors with status
         * 200.
         */
        @Nullable
        String error() {
            return member("error");
        }

        /** Returns a text member, or null. */
        @Nullable
        String member(String name) {
            Map<String, Object> members = AuthorityBody.members(text);
            return members != null && members.get(name) instanceof String value ? value : null;
        }

        @Override
        public String toString() {
            return head.toString();
        }
    }
}
