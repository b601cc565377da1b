package io.github.defenderreactive.client.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A file that appears when it is complete. It is written beside its place; the unfinished file is deleted on failure,
 * or kept to be continued. Every method but {@link #discarded()} blocks, and has no effect after that one.
 */
final class OutputFile {

    private final Path place;
    private final boolean compressed;
    private final boolean kept;

    // guarded by this, because a cancellation may occur while the file is written
    private @Nullable Path part;
    private @Nullable FileChannel channel;
    private @Nullable GZIPOutputStream member;
    private boolean discarded;

    /**
     * Creates a file.
     *
     * @param place the place of the complete file
     * @param compressed whether it is written in gzip
     * @param kept whether the unfinished file is kept on failure
     */
    OutputFile(Path place, boolean compressed, boolean kept) {
        this.place = place;
        this.compressed = compressed;
        this.kept = kept;
    }

    static Mono<Void> blocking(Runnable step) {
        return Mono.<Void>fromRunnable(step).subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * Opens the unfinished file.
     *
     * @param from the number of bytes to keep of it
     * @return false if it has fewer bytes; it is empty then
     */
    synchronized boolean open(long from) {
        if (discarded) {
            return true;
        }
        try {
            Path folder = place.toAbsolutePath().getParent();
            if (folder == null) {
                throw new NoSuchFileException(place.toString());
            }
            String name = kept
                    ? place.getFileName() + ".part"
                    : ".defender-"
                            + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part";
            Path file = folder.resolve(name);
            Set<OpenOption> options = Set.of(
                    StandardOpenOption.WRITE,
                    kept ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                    LinkOption.NOFOLLOW_LINKS);
            FileChannel opened = FileChannel.open(file, options, onlyForTheOwner(folder.getFileSystem()));
            channel = opened;
            part = file;
            boolean whole = opened.size() >= from;
            opened.truncate(whole ? from : 0).position(whole ? from : 0);
            return whole;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static FileAttribute<?>[] onlyForTheOwner(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    synchronized void write(byte[] bytes) {
        FileChannel open = channel;
        if (discarded || open == null || bytes.length == 0) {
            return;
        }
        try {
            if (compressed) {
                GZIPOutputStream current = member;
                if (current == null) {
                    current = new GZIPOutputStream(Channels.newOutputStream(open), 1 << 14);
                    member = current;
                }
                current.write(bytes);
            } else {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    open.write(buffer);
                }
            }
        } catch (ClosedChannelException e) {
            // interrupted by a cancellation; otherwise the next step fails
            return;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Ends the gzip member, so that the file is complete up to here. */
    synchronized void endMember() {
        try {
            if (!discarded && member != null) {
                member.finish();
                member = null;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Forces everything to the disk, and returns the size of the file. */
    synchronized long force() {
        FileChannel open = channel;
        if (discarded || open == null) {
            return 0;
        }
        try {
            open.force(false);
            return open.position();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Puts the file in its place. */
    synchronized void finish() {
        FileChannel open = channel;
        Path made = part;
        if (discarded || open == null || made == null) {
            return;
        }
        endMember();
        try {
            open.force(true);
            open.close();
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                throw new IOException("it is not a regular file");
            }
            try {
                Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, place, StandardCopyOption.REPLACE_EXISTING);
            }
            part = null;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Closes the file, and deletes it unless it is kept. */
    Mono<Void> discarded() {
        return Mono.defer(
                () -> Schedulers.isInNonBlockingThread() ? blocking(this::discard) : Mono.fromRunnable(this::discard));
    }

    private synchronized void discard() {
        discarded = true;
        try {
            if (channel != null) {
                channel.close();
            }
            if (part != null && !kept) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ExportException unwritable(IOException cause) {
        return unwritable(place, cause);
    }

    static ExportException unwritable(Path file, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "its directory does not exist" : cause.getMessage();
        return new ExportException("The file " + file + " cannot be written: " + reason, cause);
    }
}
