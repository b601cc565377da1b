package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A file that is being written beside the one it will replace. Every method blocks. */
final class PartialFile {

    /** Buffers asked for at once: one is written while another arrives. */
    private static final int AHEAD = 2;

    private final Path target;
    private final Path part;
    private final FileChannel channel;

    private PartialFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /** Writes all bytes and puts them in the file's place; deletes what was written when that fails or is cancelled. */
    static Mono<Path> write(Path target, Flux<ByteBuffer> bytes) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> beside(target)).subscribeOn(Schedulers.boundedElastic()),
                file -> bytes.publishOn(Schedulers.boundedElastic(), AHEAD)
                        .doOnNext(file::append)
                        .then(Mono.fromCallable(file::finish)),
                file -> Mono.empty(),
                (file, failure) -> file.discarded(),
                PartialFile::discarded);
    }

    private static PartialFile beside(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Not a file: " + target);
        }
        try {
            Path part = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part");
            return new PartialFile(target, part, FileChannel.open(part, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Nothing once it was discarded: a cancel may come while a buffer is on its way. */
    private synchronized void append(ByteBuffer bytes) {
        try {
            while (channel.isOpen() && bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private Path finish() {
        try {
            channel.force(true);
            channel.close();
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private Mono<Void> discarded() {
        return Mono.<Void>fromRunnable(this::discard).subscribeOn(Schedulers.boundedElastic());
    }

    private synchronized void discard() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static ContentException unwritable(Path target, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "its directory does not exist" : cause.toString();
        return new ContentException("The file " + target + " cannot be written: " + reason, ErrorContext.NONE, cause);
    }
}
