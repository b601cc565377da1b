package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ConnectionException;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Reads an answer inside the exchange, so that no buffer leaves it.
 *
 * @param <T> what is read
 * @since 0.1.0
 */
@FunctionalInterface
public interface ResponseReader<T> {

    /**
     * Reads an answer.
     *
     * @param head status and headers
     * @param body the bytes, content coding removed; a buffer is valid only during {@code onNext} and must be copied to
     *     be kept; one buffer is read from the socket per unit of demand; completes only when the whole body arrived and
     *     fails with {@link ConnectionException} when it broke off
     * @return what to emit; when it ends without reading the body to its end the connection is closed
     */
    Publisher<T> read(ResponseHead head, Flux<ByteBuffer> body);
}
