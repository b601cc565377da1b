package io.github.defenderreactive.runtime.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of a body that is read as a whole, up to a limit. */
final class BodyBuffer {

    private final Bytes bytes = new Bytes();
    private final int limit;
    private @Nullable Throwable broken;

    private BodyBuffer(int limit) {
        this.limit = limit;
    }

    /** Reads a body up to a limit. Emits even if the body is truncated or exceeds the memory. */
    static Mono<BodyBuffer> read(Flux<ByteBuffer> body, int limit) {
        return Mono.defer(() -> {
            BodyBuffer buffer = new BodyBuffer(limit);
            return body.takeUntil(buffer::add)
                    .doOnError(failure -> buffer.broken = failure)
                    .onErrorComplete()
                    .then(Mono.just(buffer));
        });
    }

    /** Returns the array that contains the bytes, which may be longer. */
    byte[] array() {
        return bytes.array();
    }

    int length() {
        return bytes.size();
    }

    /** Returns the reason why the body is truncated; null if it was read to its end or to the limit. */
    @Nullable
    Throwable broken() {
        return broken;
    }

    /**
     * Appends a chunk. Returns false if memory is exhausted, an error that Reactor would throw instead of signalling
     * it.
     */
    private boolean add(ByteBuffer chunk) {
        try {
            byte[] part = new byte[Math.min(limit - bytes.size(), chunk.remaining())];
            chunk.get(part);
            bytes.writeBytes(part);
            return bytes.size() == limit;
        } catch (Throwable tooLarge) {
            broken = tooLarge;
            return true;
        }
    }

    /** Exposes its array, because a copy could exceed the remaining memory. */
    private static final class Bytes extends ByteArrayOutputStream {

        byte[] array() {
            return buf;
        }
    }
}
