package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.DefenderException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The body of a request: bytes already in memory, or a stream of known length. Each attempt reads it anew. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestBody {

    private final long length;
    private final Flux<ByteBuffer> bytes;
    private final @Nullable ByteBuffer whole;

    private RequestBody(long length, Flux<ByteBuffer> bytes, @Nullable ByteBuffer whole) {
        this.length = length;
        this.bytes = bytes;
        this.whole = whole;
    }

    /**
     * A body in memory.
     *
     * @param bytes the remaining bytes of the buffer are the body; they must not change and are not copied
     * @return the body
     */
    public static RequestBody of(ByteBuffer bytes) {
        ByteBuffer whole = bytes.slice().asReadOnlyBuffer();
        return new RequestBody(whole.remaining(), Flux.defer(() -> Flux.just(whole.duplicate())), whole);
    }

    /**
     * A body that is read while it is sent, under demand: at most three pieces that the socket has not taken are in
     * memory. The last one is sent when the stream has ended.
     *
     * @param length its number of bytes, sent as {@code Content-Length}
     * @param bytes cold; each subscribe gives the whole body, in buffers that are the receiver's. An error of it ends the
     *     exchange with that error when it is a {@link DefenderException}
     * @return the body
     * @throws IllegalArgumentException if the length is negative
     */
    public static RequestBody streamed(long length, Flux<ByteBuffer> bytes) {
        if (length < 0) {
            throw new IllegalArgumentException("The length is negative: " + length);
        }
        return new RequestBody(length, Objects.requireNonNull(bytes, "bytes"), null);
    }

    /**
     * How long it is.
     *
     * @return bytes
     */
    public long length() {
        return length;
    }

    /**
     * The body itself.
     *
     * @return cold; each subscribe gives it from the start
     */
    public Flux<ByteBuffer> bytes() {
        return bytes;
    }

    /** The body when it is in memory, else null. */
    @Nullable
    ByteBuffer whole() {
        return whole == null ? null : whole.duplicate();
    }

    /** Its length: the content is nobody's business. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
