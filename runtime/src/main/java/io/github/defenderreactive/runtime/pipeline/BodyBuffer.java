package io.github.defenderreactive.runtime.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes of a body that is wanted whole, up to a limit. */
final class BodyBuffer {

    private final Bytes bytes = new Bytes();
    private final int limit;
    private @Nullable Throwable broken;

    private BodyBuffer(int limit) {
        this.limit = limit;
    }

    /** Collects a body up to a limit. Emits also when the body breaks off, or when memory is too small for it. */
    static Mono<BodyBuffer> read(Flux<ByteBuffer> body, int limit) {
        return Mono.defer(() -> {
            BodyBuffer buffer = new BodyBuffer(limit);
            return body.takeUntil(buffer::add)
                    .doOnError(failure -> buffer.broken = failure)
                    .onErrorComplete()
                    .then(Mono.just(buffer));
        });
    }

    /** The array that holds the bytes, which may be longer. */
    byte[] array() {
        return bytes.array();
    }

    int length() {
        return bytes.size();
    }

    /** Why no more bytes came; null when the body came to its end or to the limit. */
    @Nullable
    Throwable broken() {
        return broken;
    }

    /** Reactor would throw a lack of memory to nobody. */
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

    /** Shows its array, because a copy could be too much for the memory that is left. */
    private static final class Bytes extends ByteArrayOutputStream {

        byte[] array() {
            return buf;
        }
    }
}
