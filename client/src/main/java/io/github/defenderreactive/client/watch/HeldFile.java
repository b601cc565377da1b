package io.github.defenderreactive.client.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that one watch has for itself. The lock is on the file and not on its name, so it holds for every name that leads
 * to the file. Where the system gives files a key, another file under the same name is noticed.
 */
final class HeldFile implements AutoCloseable {

    /** Far behind the end of the file, because on some systems what is locked cannot be read by others. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_ATTEMPTS = 10;

    /**
     * Keys of the files that watches of this process hold. Such a file must not be opened a second time: the system counts
     * locks by process, and closing it would release the lock of the first.
     */
    private static final Set<Object> HELD = new HashSet<>();

    private final FileChannel channel;
    private final @Nullable Object key;

    private HeldFile(FileChannel channel, @Nullable Object key) {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Opens a file, or creates it. Follows no link.
     *
     * @return the file, or null when another watch holds it
     * @throws IOException if it cannot be opened
     */
    static @Nullable HeldFile open(Path file) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            create(file);
            Object key = key(file);
            if (!reserve(key)) {
                return null;
            }
            HeldFile held = lock(
                    FileChannel.open(
                            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    key);
            if (held == null || held.isAt(file)) {
                return held;
            }
            // The watch that held it put another file in its place, and let go of this one.
            held.close();
        }
        throw new IOException("another process replaces it again and again");
    }

    /**
     * Creates a file that must not be there.
     *
     * @throws IOException if it is there, or cannot be created
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
            throw new IOException("another process holds what was just created");
        }
        return held;
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException usually) {
            // then it is opened
        }
    }

    private static @Nullable HeldFile lock(FileChannel channel, @Nullable Object key) throws IOException {
        HeldFile held = new HeldFile(channel, key);
        boolean locked = false;
        try {
            locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            // where files have no key
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

    FileChannel channel() {
        return channel;
    }

    /** Whether the file is still the one under a name. */
    boolean isAt(Path file) throws IOException {
        return key == null || (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && key.equals(key(file)));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (key != null) {
                synchronized (HELD) {
                    HELD.remove(key);
                }
            }
        }
    }
}
