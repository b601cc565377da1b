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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A file that is being written beside the one it will replace. Every method blocks. */
final class PartialFile {

    /** Buffers asked for at once: one is written while another arrives. */
    private static final int AHEAD = 2;

    private final Path target;

    // guarded by this: a cancel may come while the file is made or written
    private @Nullable Path part;
    private @Nullable FileChannel channel;
    private boolean discarded;

    private PartialFile(Path target) {
        this.target = target;
    }

    /** Writes all bytes and puts them in the file's place; deletes what was written when that fails or is cancelled. */
    static Mono<Path> write(Path target, Flux<ByteBuffer> bytes) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new PartialFile(target)),
                file -> Mono.fromRunnable(file::make)
                        .subscribeOn(Schedulers.boundedElastic())
                        .thenMany(bytes.publishOn(Schedulers.boundedElastic(), AHEAD))
                        .doOnNext(file::append)
                        .then(Mono.fromCallable(file::finish)),
                file -> Mono.empty(),
                (file, failure) -> file.discarded(),
                PartialFile::discarded);
    }

    /** Nothing once it was discarded, as all that follows. */
    private synchronized void make() {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Not a file: " + target);
        }
        if (discarded) {
            return;
        }
        try {
            Path made = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part");
            part = made;
            channel = FileChannel.open(made, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private synchronized void append(ByteBuffer bytes) {
        FileChannel open = channel;
        try {
            while (open != null && open.isOpen() && bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private synchronized Path finish() {
        Path made = part;
        FileChannel open = channel;
        if (discarded || made == null || open == null) {
            return target;
        }
        try {
            open.force(true);
            open.close();
            try {
                Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
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
        discarded = true;
        try {
            if (channel != null) {
                channel.close();
            }
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static ContentException unwritable(Path target, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "its directory does not exist" : cause.toString();
        return new ContentException("The file " + target + " cannot be written: " + reason, ErrorContext.NONE, cause);
    }
}
