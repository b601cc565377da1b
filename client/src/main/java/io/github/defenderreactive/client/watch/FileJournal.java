package io.github.defenderreactive.client.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the file: {@code checksum cursor TEXT}, then {@code checksum seen TIME ID} for each version. Not
 * thread-safe; blocks.
 */
final class FileJournal {

    /** Puts bytes on the disk; a place for tests to let it fail. */
    interface Writer {

        Writer PLAIN = FileJournal::writeFully;

        void write(FileChannel channel, ByteBuffer bytes) throws IOException;
    }

    private static final int CHECKSUM = 8;
    private static final String CURSOR = "cursor ";
    private static final String SEEN = "seen ";

    private final Path file;
    private final Writer writer;
    private final FileChannel lockChannel;
    private FileChannel channel;
    private long end;

    private FileJournal(Path file, Writer writer, FileChannel lockChannel, FileChannel channel) {
        this.file = file;
        this.writer = writer;
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    static FileJournal open(Path file, Writer writer) throws IOException {
        FileChannel lockChannel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(lockChannel) == null) {
                throw new CursorStoreException(
                        "Another watch has the cursor file " + file
                                + " open. Stop that one, or give this one a file of its own",
                        null);
            }
            return new FileJournal(file, writer, lockChannel, opened(file));
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Progress read() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                // until all of it is there
            }
            return parse(bytes.array());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Ends behind the last whole line, where the next one goes over what a crash left. */
    private Progress parse(byte[] bytes) {
        Cursor cursor = null;
        List<Seen> seen = new ArrayList<>();
        int from = 0;
        int number = 0;
        int bad = 0;
        end = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            number++;
            String text = text(bytes, from, at);
            if (text == null) {
                bad = bad == 0 ? number : bad;
            } else if (bad > 0) {
                throw damaged(bad);
            } else {
                end = at + 1L;
                try {
                    if (text.startsWith(CURSOR)) {
                        cursor = Cursor.parse(text.substring(CURSOR.length()));
                    } else {
                        seen.add(seen(text));
                    }
                } catch (IllegalArgumentException e) {
                    throw new CursorStoreException(
                            "The cursor file " + file + " is of another release: " + e.getMessage(), e);
                }
            }
            from = at + 1;
        }
        // The first line came with the file as a whole, so a crash cannot have cut it.
        if (bytes.length > 0 && end == 0) {
            throw damaged(1);
        }
        return new Progress(cursor, seen);
    }

    private static Seen seen(String text) {
        String[] parts = text.split(" ", 3);
        if (!text.startsWith(SEEN) || parts.length != 3) {
            throw new IllegalArgumentException("a line begins with neither cursor nor seen");
        }
        try {
            return new Seen(parts[2], Instant.parse(parts[1]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a line has no time", e);
        }
    }

    private CursorStoreException damaged(int line) {
        return new CursorStoreException(
                "The cursor file " + file + " is damaged at line " + line
                        + ". Restore it, or move it away and start the watch at a time of your choice",
                null);
    }

    void append(List<Seen> versions) {
        StringBuilder lines = new StringBuilder();
        versions.forEach(version -> line(lines, version));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try {
            channel.position(end);
            writer.write(channel, ByteBuffer.wrap(bytes));
            channel.force(false);
            end += bytes.length;
        } catch (IOException e) {
            CursorStoreException failure = failed("write", e);
            try {
                channel.truncate(end);
            } catch (IOException cannotCut) {
                failure.addSuppressed(cannotCut);
            }
            throw failure;
        }
    }

    void replace(Progress progress) {
        StringBuilder lines = new StringBuilder();
        if (progress.cursor() != null) {
            line(lines, CURSOR + progress.cursor());
        }
        progress.seen().forEach(version -> line(lines, version));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (FileChannel out = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                writer.write(out, ByteBuffer.wrap(bytes));
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
            channel.close();
            channel = opened(file);
            end = bytes.length;
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** So that the new name survives a power cut too; not every system lets a folder be opened. */
    private void forceFolder() {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException notSupported) {
            // The file itself is on the disk; what may be lost is the step from the old one to it.
        }
    }

    void close() {
        try {
            channel.close();
            lockChannel.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    private CursorStoreException failed(String what, IOException cause) {
        return FileFailure.of(what, file, cause);
    }

    private static void line(StringBuilder out, Seen version) {
        if (version.id().indexOf('\n') >= 0) {
            throw new CursorStoreException("An id with a line break cannot be kept: " + version.id(), null);
        }
        line(out, SEEN + version.lastUpdateTime() + " " + version.id());
    }

    private static void line(StringBuilder out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.append(checksum(bytes, 0, bytes.length)).append(' ').append(text).append('\n');
    }

    /** The text of a line, or null when its checksum is not that of its text. */
    private static @Nullable String text(byte[] bytes, int from, int to) {
        int begin = from + CHECKSUM + 1;
        if (begin > to) {
            return null;
        }
        String sum = new String(bytes, from, CHECKSUM, StandardCharsets.UTF_8);
        return sum.equals(checksum(bytes, begin, to - begin))
                ? new String(bytes, begin, to - begin, StandardCharsets.UTF_8)
                : null;
    }

    private static String checksum(byte[] bytes, int from, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, length);
        return String.format("%08x", sum.getValue());
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
