package io.github.defenderreactive.runtime.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes of an answer that is wanted whole, up to a limit. */
final class BodyBuffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;

    private BodyBuffer(int limit) {
        this.limit = limit;
    }

    /** The body; of one that reaches the limit, the bytes up to it. */
    static Mono<byte[]> read(Flux<ByteBuffer> body, int limit) {
        return Mono.defer(() -> {
            BodyBuffer buffer = new BodyBuffer(limit);
            return body.takeUntil(buffer::add).then(Mono.fromSupplier(buffer.bytes::toByteArray));
        });
    }

    /** What came of the body, even when it broke off. */
    static Mono<byte[]> readWhatComes(Flux<ByteBuffer> body, int limit) {
        return Mono.defer(() -> {
            BodyBuffer buffer = new BodyBuffer(limit);
            return body.takeUntil(buffer::add).onErrorComplete().then(Mono.fromSupplier(buffer.bytes::toByteArray));
        });
    }

    private boolean add(ByteBuffer chunk) {
        byte[] part = new byte[Math.min(limit - bytes.size(), chunk.remaining())];
        chunk.get(part);
        bytes.writeBytes(part);
        return bytes.size() == limit;
    }
}
