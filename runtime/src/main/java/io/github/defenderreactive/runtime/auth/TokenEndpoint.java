package io.github.defenderreactive.runtime.auth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.github.defenderreactive.runtime.transport.Lane;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** The token endpoint of one tenant: sends a message of the OAuth 2.0 library over our transport. */
final class TokenEndpoint {

    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    private final URI uri;
    private final Transport transport;
    private final Clock clock;

    private TokenEndpoint(URI uri, Transport transport, Clock clock) {
        this.uri = uri;
        this.transport = transport;
        this.clock = clock;
    }

    static TokenEndpoint of(URI authority, String tenantId, Transport transport, Clock clock) {
        String base = authority.toString();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return new TokenEndpoint(URI.create(base + "/" + tenantId + "/oauth2/v2.0/token"), transport, clock);
    }

    /**
     * Asks for a token.
     *
     * @param message makes the message for the endpoint
     * @param hide takes out of the authority's words what must not be repeated
     */
    Mono<AccessToken> ask(Function<URI, com.nimbusds.oauth2.sdk.TokenRequest> message, UnaryOperator<String> hide) {
        return Mono.defer(() -> {
            HTTPRequest http = message.apply(uri).toHTTPRequest();
            TransportRequest request = new TransportRequest(
                    "POST",
                    uri,
                    Map.of(
                            "Content-Type",
                            "application/x-www-form-urlencoded; charset=UTF-8",
                            "Accept",
                            "application/json"),
                    RequestBody.of(ByteBuffer.wrap(http.getBody().getBytes(StandardCharsets.UTF_8))),
                    Lane.INTERACTIVE);
            // before sending, because the lifetime counts from some time after this
            Instant asked = clock.instant();
            return transport
                    .exchange(
                            request,
                            (head, body) -> body.collect(ByteArrayOutputStream::new, TokenEndpoint::copy)
                                    .map(bytes -> new Answer(head, bytes.toString(StandardCharsets.UTF_8))))
                    .single()
                    .map(answer -> TokenAnswer.read(answer.head(), answer.text(), asked, uri.getHost(), hide));
        });
    }

    private static void copy(ByteArrayOutputStream to, ByteBuffer bytes) {
        if (to.size() + bytes.remaining() > MAX_ANSWER_BYTES) {
            throw TokenErrors.notAnAuthority("it is longer than " + MAX_ANSWER_BYTES + " bytes", 0, null);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        to.writeBytes(copy);
    }

    @Override
    public String toString() {
        return "endpoint=" + uri;
    }

    private record Answer(ResponseHead head, String text) {}
}
