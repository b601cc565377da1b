package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.http.GzipDecoder;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The decompression of one download. A received buffer is decompressed piece by piece, as the pieces are demanded. */
final class UnpackedDownload {

    private static final int READ_AHEAD = 1;

    // Guarded by this, because a cancellation may occur while a piece is decompressed.
    private final GzipDecoder decoder = new GzipDecoder();
    private boolean closed;

    private long received;
    private boolean emitted;

    private UnpackedDownload() {}

    /**
     * Returns the decompressed bytes.
     *
     * @param packed the bytes as stored
     */
    static Flux<ByteBuffer> of(Flux<ByteBuffer> packed) {
        return Flux.using(UnpackedDownload::new, download -> download.unpack(packed), UnpackedDownload::close);
    }

    private Flux<ByteBuffer> unpack(Flux<ByteBuffer> packed) {
        return packed.concatMapIterable(buffer -> () -> pieces(buffer), READ_AHEAD)
                .concatWith(Mono.defer(this::end));
    }

    private Iterator<ByteBuffer> pieces(ByteBuffer buffer) {
        received += buffer.remaining();
        input(buffer);
        return new Iterator<>() {
            private @Nullable ByteBuffer next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = piece();
                }
                return next != null;
            }

            @Override
            public ByteBuffer next() {
                ByteBuffer piece = hasNext() ? next : null;
                if (piece == null) {
                    throw new NoSuchElementException();
                }
                next = null;
                emitted = true;
                return piece;
            }
        };
    }

    private synchronized void input(ByteBuffer buffer) {
        if (!closed) {
            decoder.input(buffer);
        }
    }

    /** Returns a copy of the next piece, because the decoder reuses its buffer. */
    private synchronized @Nullable ByteBuffer piece() {
        if (closed) {
            return null;
        }
        try {
            ByteBuffer piece = decoder.next();
            return piece == null
                    ? null
                    : ByteBuffer.allocate(piece.remaining()).put(piece).flip();
        } catch (DataFormatException e) {
            throw new ContentException(
                    "The compressed content is damaged after " + received + " bytes or fewer: " + e.getMessage(),
                    ErrorContext.NONE,
                    e);
        }
    }

    private synchronized Mono<ByteBuffer> end() {
        if (received == 0) {
            return Mono.empty();
        }
        if (!decoder.complete()) {
            return Mono.error(new ConnectionException(
                    "The compressed content is truncated after " + received + " bytes", true, ErrorContext.NONE, null));
        }
        return emitted ? Mono.empty() : Mono.just(ByteBuffer.allocate(0));
    }

    private synchronized void close() {
        closed = true;
        decoder.close();
    }
}
