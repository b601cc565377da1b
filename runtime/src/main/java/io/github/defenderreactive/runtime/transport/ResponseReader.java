package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ConnectionException;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Reader of a response within the exchange, so that buffers do not outlive it.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
@FunctionalInterface
public interface ResponseReader<T> {

    /**
     * Reads a response.
     *
     * @param head the status and headers
     * @param body the bytes without content coding; a buffer is valid only during {@code onNext} and must be copied to
     *     be kept; one buffer is read from the socket per unit of demand; completes only if the whole body was
     *     received, and fails with {@link ConnectionException} if the connection was closed before
     * @return emits the items; if it ends without reading the body to its end, the connection is closed
     */
    Publisher<T> read(ResponseHead head, Flux<ByteBuffer> body);
}
