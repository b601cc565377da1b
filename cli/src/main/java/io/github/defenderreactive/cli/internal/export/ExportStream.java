package io.github.defenderreactive.cli.internal.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The output of an export to a stream, which stays open. */
final class ExportStream {

    private static final int PREFETCH = 2;

    private ExportStream() {}

    /** Writes all bytes on a thread that may block. */
    static Mono<Void> write(Flux<ByteBuffer> bytes, OutputStream target, boolean gzip) {
        return Mono.defer(() -> {
            OutputStream out = gzip ? compressed(target) : target;
            return bytes.publishOn(Schedulers.boundedElastic(), PREFETCH)
                    .doOnNext(block -> write(block, out))
                    .then(Mono.<Void>fromRunnable(() -> finish(out)).subscribeOn(Schedulers.boundedElastic()));
        });
    }

    private static OutputStream compressed(OutputStream target) {
        try {
            return new GZIPOutputStream(target, 1 << 14);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void write(ByteBuffer block, OutputStream out) {
        try {
            out.write(block.array(), block.arrayOffset() + block.position(), block.remaining());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void finish(OutputStream out) {
        try {
            if (out instanceof GZIPOutputStream gzip) {
                gzip.finish();
            }
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException("Cannot write the export: " + cause.getMessage(), cause);
    }
}
