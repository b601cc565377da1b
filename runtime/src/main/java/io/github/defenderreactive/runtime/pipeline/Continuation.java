package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The continuation of a download after its last emitted byte, if the stored object has a strong entity tag: the rest is
 * requested with {@code Range} and {@code If-Range}. If the storage sends the same object from its start, the emitted
 * bytes are skipped. The attempts of a download are sequential.
 */
final class Continuation {

    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private volatile @Nullable String entityTag;
    private volatile long emitted;

    /** Returns whether a byte was emitted and the download can only continue after it. */
    boolean isBegun() {
        return emitted > 0;
    }

    /** Returns whether another attempt can emit the bytes that are missing. */
    boolean isPossible() {
        return emitted == 0 || entityTag != null;
    }

    /** Returns the headers of the next attempt in addition to those of the first. */
    Map<String, String> headers() {
        String tag = entityTag;
        return emitted == 0 || tag == null ? Map.of() : Map.of("Range", "bytes=" + emitted + "-", "If-Range", tag);
    }

    /** Returns whether a response has the missing bytes, alone or after those that were emitted. */
    boolean isContinuedBy(ResponseHead head) {
        return head.status() == PARTIAL_CONTENT
                ? String.valueOf(head.header("Content-Range")).startsWith("bytes " + emitted + "-")
                : head.status() == OK && isSame(head);
    }

    private boolean isSame(ResponseHead head) {
        String tag = entityTag;
        return tag != null && tag.equals(head.header("ETag"));
    }

    /** Returns whether a response reports that the object was replaced, or that ranges are not supported. */
    boolean isRefusedBy(ResponseHead head) {
        return switch (head.status()) {
            case OK, PARTIAL_CONTENT, PRECONDITION_FAILED, RANGE_NOT_SATISFIABLE -> true;
            default -> false;
        };
    }

    /** Returns the error after which the download must start again, and prevents further attempts. */
    ConnectionException refused() {
        entityTag = null;
        return new ConnectionException(
                "The download was interrupted after " + emitted
                        + " bytes and cannot continue there, because the stored object was replaced or the storage does"
                        + " not support ranges. Start it again",
                true,
                ErrorContext.NONE,
                null);
    }

    /** Returns the missing bytes of a response, and remembers those that are emitted. */
    Flux<ByteBuffer> rest(ResponseHead head, Flux<ByteBuffer> body) {
        if (emitted == 0) {
            String tag = head.header("ETag");
            // A weak tag does not promise the same bytes.
            entityTag = tag == null || !tag.startsWith("\"") ? null : tag;
            return body;
        }
        return head.status() == OK ? new Skip(emitted).of(body) : body;
    }

    /** Counts an emitted buffer. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one attempt at a time
    void emitted(ByteBuffer buffer) {
        emitted += buffer.remaining();
    }

    /** The omission of bytes at the start of a body. */
    private static final class Skip {

        private long left;

        Skip(long bytes) {
            this.left = bytes;
        }

        Flux<ByteBuffer> of(Flux<ByteBuffer> body) {
            return body.filter(buffer -> {
                int omitted = (int) Math.min(left, buffer.remaining());
                left -= omitted;
                buffer.position(buffer.position() + omitted);
                return buffer.hasRemaining();
            });
        }
    }
}
