package io.github.defenderreactive.client.cursor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that one watch holds exclusively. The lock is on the file and not on its name, so it applies to every path to
 * the file. If the system gives files a key, a replacement under the same name is detected.
 */
final class HeldFile implements AutoCloseable {

    /** Far beyond the end of the file, because on some systems other processes cannot read locked bytes. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_ATTEMPTS = 10;

    /**
     * Keys of the files that watches of this process hold. Such a file must not be opened a second time: the system
     * assigns locks to processes, and closing the second channel would release the lock of the first.
     */
    private static final Set<Object> HELD = new HashSet<>();

    private final FileChannel channel;
    private final @Nullable Object key;

    private HeldFile(FileChannel channel, @Nullable Object key) {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Opens a file, or creates it. Does not follow a link.
     *
     * @return the file, or null if another watch holds it
     * @throws IOException if it cannot be opened
     */
    static @Nullable HeldFile open(Path file) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            FileChannel channel;
            Object key;
            synchronized (HELD) {
                create(file);
                key = key(file);
                if (!reserve(key)) {
                    return null;
                }
                channel = opened(file, key);
            }
            HeldFile held = lock(channel, key);
            if (held == null || held.isAt(file)) {
                return held;
            }
            // the watch that held it has replaced it by another file and released it
            held.close();
        }
        throw new IOException("another process keeps replacing it");
    }

    /**
     * Creates a file that must not exist.
     *
     * @throws IOException if it exists or cannot be created
     */
    static HeldFile createNew(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        HeldFile held = null;
        try {
            Object key = key(file);
            held = reserve(key) ? lock(channel, key) : null;
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        if (held == null) {
            throw new IOException("another process has locked the new file");
        }
        return held;
    }

    private static FileChannel opened(Path file, @Nullable Object key) throws IOException {
        boolean opened = false;
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            opened = true;
            return channel;
        } finally {
            if (!opened) {
                release(key);
            }
        }
    }

    /**
     * Moves a held file to the place of another one. No watch opens the place meanwhile: a file that is opened by its name
     * would otherwise be another one than the one whose key was checked, and the system may give the key of a removed
     * file to a new one.
     *
     * @throws IOException if it cannot be moved
     */
    static void move(Path from, Path to) throws IOException {
        synchronized (HELD) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException usually) {
            // the file is opened then
        }
    }

    private static @Nullable HeldFile lock(FileChannel channel, @Nullable Object key) throws IOException {
        HeldFile held = new HeldFile(channel, key);
        boolean locked = false;
        try {
            locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            // on systems without file keys
        } finally {
            if (!locked) {
                held.close();
            }
        }
        return locked ? held : null;
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static boolean reserve(@Nullable Object key) {
        synchronized (HELD) {
            return key == null || HELD.add(key);
        }
    }

    private static void release(@Nullable Object key) {
        synchronized (HELD) {
            if (key != null) {
                HELD.remove(key);
            }
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Returns whether a path still leads to this file. */
    boolean isAt(Path file) throws IOException {
        return key == null || (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && key.equals(key(file)));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            release(key);
        }
    }
}
