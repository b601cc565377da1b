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

/** The endpoints of one tenant at an authority: sends messages of the OAuth 2.0 library over our transport. */
final class TokenEndpoint {

    /** Which generation of endpoints. */
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

    /** What the addresses of a tenant begin with. */
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

    /** Where tokens are asked for. */
    URI uri() {
        return endpoints.token();
    }

    /** The addresses of the authority. */
    AuthorityEndpoints endpoints() {
        return endpoints;
    }

    /** The tokens of an answer to a request made at some time; fails when it holds none. */
    IssuedTokens read(Answer answer, Instant asked) {
        return TokenResponse.read(answer.head(), answer.text(), asked, host(), answer.redaction());
    }

    /** The error of an answer that holds no tokens. */
    DefenderException refusal(Answer answer) {
        return TokenErrors.refused(
                answer.head(), AuthorityBody.members(answer.text()), host(), answer.redaction(), clock.instant());
    }

    String host() {
        return uri().getHost();
    }

    /** Sends a message and gives the answer, whatever it is. */
    Mono<Answer> send(Request message) {
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
                                    .map(bytes -> new Answer(
                                            head, bytes.toString(StandardCharsets.UTF_8), Redaction.of(request))))
                    .single();
        });
    }

    @Override
    public String toString() {
        return "endpoint=" + uri();
    }

    /** An answer of the authority, not yet looked at. */
    record Answer(ResponseHead head, String text, Redaction redaction) {

        /** What the protocol calls the refusal, or null when it is none. Some authorities refuse with status 200. */
        @Nullable
        String error() {
            return member("error");
        }

        /** A member that is a text, or null. */
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
