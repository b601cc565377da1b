package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.WaitReporter;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The destination of a download: a file, which appears after the download is complete; standard output; or a file that
 * cannot be replaced, such as a device, a FIFO or an open file, which is written to as the bytes arrive.
 */
final class DownloadTarget {

    private static final String STANDARD_OUTPUT = "-";
    private static final int PREFETCH = 4;

    private final @Nullable Path file;

    private DownloadTarget(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Returns the destination with a name.
     *
     * @throws UsageException if the name is invalid or that of a folder
     */
    static DownloadTarget of(String name) {
        if (name.equals(STANDARD_OUTPUT)) {
            return new DownloadTarget(null);
        }
        Path file = FileName.of(name);
        if (Files.isDirectory(file)) {
            throw new UsageException("--to must name a file: " + file + " is a directory");
        }
        return new DownloadTarget(FileName.isStandardOutput(file) ? null : file);
    }

    /** Downloads the target of a link and waits until it is written. */
    void write(Downloads downloads, String link) {
        InterruptibleWork.block(WaitReporter.toUser().report("the download", download(downloads, link)));
    }

    private Mono<?> download(Downloads downloads, String link) {
        if (file == null) {
            return write(downloads.bytes(link), System.out);
        }
        return FileName.isSpecial(file) ? writeInPlace(downloads.bytes(link), file) : downloads.to(link, file);
    }

    private static Mono<Void> writeInPlace(Flux<ByteBuffer> bytes, Path file) {
        // Opening a FIFO blocks until a reader opens it.
        return Mono.using(() -> open(file), out -> write(bytes, out), DownloadTarget::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Opens a file for appending, because an open file may have content. */
    private static OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + file + ": " + reason(e), e);
        }
    }

    private static Mono<Void> write(Flux<ByteBuffer> bytes, OutputStream out) {
        WritableByteChannel channel = Channels.newChannel(out);
        return bytes.publishOn(Schedulers.boundedElastic(), PREFETCH)
                .doOnNext(piece -> write(piece, channel))
                .then();
    }

    private static void write(ByteBuffer piece, WritableByteChannel channel) {
        try {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the download: " + reason(e), e);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the download: " + reason(e), e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
