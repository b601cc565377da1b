package io.github.defenderreactive.runtime.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The file that a download is written to: a temporary file next to the file that it replaces, or one that is not
 * replaced. Every method blocks.
 */
final class DownloadedFile {

    /** Number of buffers requested ahead: one is written while another is received. */
    private static final int AHEAD = 2;

    private final DownloadTarget target;

    // guarded by this, because a cancellation may occur while the file is opened or moved
    private @Nullable Path part;
    private volatile @Nullable FileChannel channel;
    private boolean discarded;

    private DownloadedFile(DownloadTarget target) {
        this.target = target;
    }

    /**
     * Writes all bytes and replaces the target if necessary. Deletes the temporary file on failure or cancellation. A
     * cancellation on a thread that may block returns after the deletion.
     */
    static Mono<Void> write(DownloadTarget target, Flux<ByteBuffer> bytes) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new DownloadedFile(target)),
                file -> blocking(file::open)
                        // a task for each buffer, because the single worker of publishOn logs an error if demand and
                        // cancellation are concurrent
                        .thenMany(bytes.concatMap(buffer -> blocking(() -> file.append(buffer)), AHEAD))
                        .then(blocking(file::finish)),
                file -> Mono.empty(),
                (file, failure) -> file.discarded(),
                DownloadedFile::discarded);
    }

    private static Mono<Void> blocking(Runnable step) {
        return Mono.<Void>fromRunnable(step).subscribeOn(Schedulers.boundedElastic());
    }

    /** Opens the file. Like the following methods, it has no effect after {@code discard()}. */
    private void open() {
        try {
            if (target.isReplaced()) {
                create();
            } else {
                // not guarded, because opening a pipe blocks until it has a reader
                keep(FileChannel.open(target.place(), StandardOpenOption.WRITE));
            }
        } catch (IOException e) {
            throw DownloadTarget.unwritable(target.place(), e);
        }
    }

    private synchronized void keep(FileChannel opened) throws IOException {
        if (discarded) {
            opened.close();
        } else {
            channel = opened;
        }
    }

    private synchronized void create() throws IOException {
        Path folder = target.place().toAbsolutePath().getParent();
        if (folder == null) {
            throw new NoSuchFileException(target.place().toString());
        }
        while (!discarded && channel == null) {
            // short, because the name of the target may have the maximum length
            Path beside = folder.resolve(
                    ".defender-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
            channel = createNew(beside);
            part = channel == null ? null : beside;
        }
    }

    /** Creates a file. Never opens an existing file or the target of a link; returns null if one exists. */
    private static @Nullable FileChannel createNew(Path file) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    onlyForTheOwner(file.getFileSystem()));
        } catch (FileAlreadyExistsException e) {
            return null;
        }
    }

    private static FileAttribute<?>[] onlyForTheOwner(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void append(ByteBuffer bytes) {
        FileChannel open = channel;
        try {
            while (open != null && bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (ClosedChannelException e) {
            // interrupted by a cancellation; otherwise the close fails
            return;
        } catch (IOException e) {
            throw DownloadTarget.unwritable(target.place(), e);
        }
    }

    private synchronized void finish() {
        FileChannel open = channel;
        if (discarded || open == null) {
            return;
        }
        Path made = part;
        try {
            if (made == null) {
                open.close();
            } else {
                open.force(true);
                open.close();
                putInPlace(made);
            }
        } catch (IOException e) {
            throw DownloadTarget.unwritable(target.place(), e);
        }
    }

    private void putInPlace(Path made) throws IOException {
        Path place = target.place();
        if (Files.exists(place)) {
            if (!Files.isRegularFile(place)) {
                throw new IOException("it is no longer a regular file");
            }
            keepAccess(place, made);
        }
        try {
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(made, place, StandardCopyOption.REPLACE_EXISTING);
        }
        part = null;
    }

    /** Copies the permissions of the old file to the new one. */
    private static void keepAccess(Path old, Path made) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(made, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes before = Files.readAttributes(old, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        try {
            if (!before.group().equals(now.group())) {
                view.setGroup(before.group());
            }
            if (!before.owner().equals(now.owner())) {
                view.setOwner(before.owner());
            }
        } catch (IOException e) {
            // only root may change the owner, so the file keeps the owner of this process
        }
        view.setPermissions(before.permissions());
    }

    private Mono<Void> discarded() {
        return Mono.defer(
                () -> Schedulers.isInNonBlockingThread() ? blocking(this::discard) : Mono.fromRunnable(this::discard));
    }

    private synchronized void discard() {
        discarded = true;
        try {
            FileChannel open = channel;
            if (open != null) {
                open.close();
            }
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw DownloadTarget.unwritable(target.place(), e);
        }
    }
}
