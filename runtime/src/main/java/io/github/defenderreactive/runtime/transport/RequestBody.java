package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.Arguments;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The body of a request: bytes in memory, or a stream of known length. Each attempt reads it from the start. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestBody {

    private final long length;
    private final Flux<ByteBuffer> bytes;
    private final @Nullable ByteBuffer inMemory;

    private RequestBody(long length, Flux<ByteBuffer> bytes, @Nullable ByteBuffer inMemory) {
        this.length = length;
        this.bytes = bytes;
        this.inMemory = inMemory;
    }

    /**
     * Returns a body in memory.
     *
     * @param bytes the buffer whose remaining bytes are the body; they are not copied and must not change
     * @return the body
     */
    public static RequestBody of(ByteBuffer bytes) {
        ByteBuffer inMemory = bytes.slice().asReadOnlyBuffer();
        return new RequestBody(inMemory.remaining(), Flux.defer(() -> Flux.just(inMemory.duplicate())), inMemory);
    }

    /**
     * Returns a body that is read while it is sent, under demand: at most three buffers that were not written to the
     * socket are in memory. The last one is sent when the stream has completed.
     *
     * @param length the number of bytes, sent as {@code Content-Length}
     * @param bytes a cold stream; each subscribe emits the whole body, in buffers that are owned by the receiver. If it
     *     fails with a {@link DefenderException}, the exchange fails with that error
     * @return the body
     * @throws IllegalArgumentException if the length is negative
     */
    public static RequestBody streamed(long length, Flux<ByteBuffer> bytes) {
        return new RequestBody(Arguments.atLeast("length", length, 0), Objects.requireNonNull(bytes, "bytes"), null);
    }

    /**
     * Returns the length.
     *
     * @return the length in bytes
     */
    public long length() {
        return length;
    }

    /**
     * Returns the content.
     *
     * @return a cold stream; each subscribe emits the content from the start
     */
    public Flux<ByteBuffer> bytes() {
        return bytes;
    }

    /** Returns the body if it is in memory, otherwise null. */
    @Nullable
    ByteBuffer inMemory() {
        return inMemory == null ? null : inMemory.duplicate();
    }

    /** Returns the length; omits the content. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
