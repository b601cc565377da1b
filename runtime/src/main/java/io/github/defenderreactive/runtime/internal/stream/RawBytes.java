package io.github.defenderreactive.runtime.internal.stream;

import io.github.defenderreactive.runtime.internal.paging.AttemptListener;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/** The bytes of a response of any format, in buffers of their own. A call that has emitted some is not retried. */
public final class RawBytes implements AttemptListener {

    private volatile boolean emitted;

    /** Creates the state of one call. */
    public RawBytes() {}

    @Override
    public boolean hasEmitted() {
        return emitted;
    }

    /**
     * Copies each buffer, which is only valid while it is received.
     *
     * @param body the buffers of a body
     * @return the copies
     */
    public Flux<ByteBuffer> of(Flux<ByteBuffer> body) {
        return body.map(bytes -> {
            emitted = true;
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            return copy.put(bytes).flip();
        });
    }
}
