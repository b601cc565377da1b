package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.operation.Lane;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Flux;

/** Requests and readers that several tests use. */
final class Exchanges {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Exchanges() {}

    static TransportRequest get(URI uri) {
        return get(uri, Lane.INTERACTIVE);
    }

    static TransportRequest get(URI uri, Lane lane) {
        return new TransportRequest("GET", uri, Map.of(), null, lane);
    }

    /** Status and whole body as one text. */
    static Flux<String> text(Transport transport, TransportRequest request) {
        return transport.exchange(
                request,
                (head, body) -> body.collect(ByteArrayOutputStream::new, (out, bytes) -> out.writeBytes(copy(bytes)))
                        .map(out -> head.status() + " " + out.toString(StandardCharsets.UTF_8)));
    }

    /** The size of each buffer, one item for each. */
    static Flux<Integer> sizes(Transport transport, TransportRequest request) {
        return transport.exchange(request, (head, body) -> body.map(ByteBuffer::remaining));
    }

    static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
