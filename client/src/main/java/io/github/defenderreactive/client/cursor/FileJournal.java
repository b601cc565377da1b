package io.github.defenderreactive.client.cursor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor file: the lines of a new file, followed by the lines appended since. The last cursor is the current one, and
 * a version is kept if it is seen and not gone. Not thread-safe; blocks.
 */
final class FileJournal {

    /** Writes bytes to disk. Tests let it fail. */
    interface Writer {

        Writer PLAIN = FileJournal::writeFully;

        void write(FileChannel channel, ByteBuffer bytes) throws IOException;
    }

    /**
     * The size of more than a million versions. A larger file is not a cursor file, and must not be read into memory.
     */
    static final long LARGEST = 256L << 20;

    /** Size of appended lines up to which no new file is written. */
    static final long MOST_ADDED = 64 << 10;

    private static final int BLOCK = 64 << 10;

    private final Path file;
    private final Writer writer;
    private HeldFile held;
    private long end;
    /** Length of the file when it was new. */
    private long whole;

    private FileJournal(Path file, Writer writer, HeldFile held) {
        this.file = file;
        this.writer = writer;
        this.held = held;
    }

    static FileJournal open(Path file, Writer writer) throws IOException {
        requireRegular(file, "it");
        HeldFile held = HeldFile.open(file);
        if (held == null) {
            throw new CursorStoreException(
                    "Another watch has opened the cursor file " + file
                            + ". Stop that watch, or use another file for this one",
                    null);
        }
        return new FileJournal(file, writer, held);
    }

    /** Checks the file before it is opened: opening a pipe waits, and a device may do anything. */
    private static void requireRegular(Path file, String which) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes kind = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!kind.isRegularFile()) {
                throw new IOException(which + " is "
                        + (kind.isDirectory() ? "a directory" : kind.isSymbolicLink() ? "a link" : "a device or a pipe")
                        + ", not a regular file");
            }
        }
    }

    Progress read() {
        try {
            long size = held.channel().size();
            if (size > LARGEST) {
                throw new CursorStoreException(
                        "The cursor file " + file + " has " + size + " bytes, more than the limit of " + LARGEST
                                + ". Move it away and start the watch at a time of your choice",
                        null);
            }
            return new Reading().read(held.channel());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Reads up to the end of the last complete line, where the next line overwrites what a crash left. */
    private final class Reading {

        private final Set<SeenVersion> seen = new LinkedHashSet<>();
        private @Nullable Cursor cursor;
        private byte[] bytes = new byte[BLOCK];
        private int held;
        private int number;
        private int bad;

        Progress read(FileChannel channel) throws IOException {
            end = 0;
            long position = 0;
            for (int count = fill(channel, position); count > 0; count = fill(channel, position)) {
                position += count;
                lines();
            }
            // the first line was written with the whole file, so a crash cannot have truncated it
            if (position > 0 && end == 0) {
                throw damaged(1);
            }
            whole = end;
            return new Progress(cursor, List.copyOf(seen));
        }

        private int fill(FileChannel channel, long position) throws IOException {
            if (held == bytes.length) {
                if (held > FileLines.LONGEST) {
                    throw damaged(number + 1);
                }
                bytes = Arrays.copyOf(bytes, 2 * held);
            }
            int count = channel.read(ByteBuffer.wrap(bytes, held, bytes.length - held), position);
            held += Math.max(count, 0);
            return count;
        }

        private void lines() {
            int from = 0;
            for (int at = 0; at < held; at++) {
                if (bytes[at] == '\n') {
                    line(from, at);
                    from = at + 1;
                }
            }
            System.arraycopy(bytes, from, bytes, 0, held - from);
            held -= from;
        }

        private void line(int from, int to) {
            number++;
            String text = FileLines.text(bytes, from, to);
            if (text == null) {
                bad = bad == 0 ? number : bad;
                return;
            }
            if (bad > 0) {
                throw damaged(bad);
            }
            end += to + 1 - from;
            try {
                note(FileLines.parse(text));
            } catch (IllegalArgumentException e) {
                throw new CursorStoreException(
                        "The cursor file " + file + " was written by another release: " + e.getMessage(), e);
            }
        }

        private void note(FileLines.Line line) {
            if (line instanceof FileLines.Line.At at) {
                cursor = at.cursor();
            } else if (line instanceof FileLines.Line.Version version) {
                if (version.gone()) {
                    seen.remove(version.seen());
                } else {
                    seen.add(version.seen());
                }
            }
        }
    }

    private CursorStoreException damaged(int line) {
        return new CursorStoreException(
                "The cursor file " + file + " is damaged at line " + line
                        + ". Restore it, or move it away and start the watch at a time of your choice",
                null);
    }

    void append(Collection<SeenVersion> versions) {
        StringBuilder lines = new StringBuilder();
        versions.forEach(version -> FileLines.seen(lines, version));
        add(lines);
    }

    /** Appends the cursor first: a crash after it leaves the forgotten versions in the file, which does no harm. */
    void advance(Cursor to, Collection<SeenVersion> forgotten) {
        StringBuilder lines = new StringBuilder();
        FileLines.cursor(lines, to);
        forgotten.forEach(version -> FileLines.gone(lines, version));
        add(lines);
        if (end - whole > Math.max(MOST_ADDED, whole)) {
            replace(read());
        }
    }

    private void add(CharSequence lines) {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        requireHeld();
        FileChannel channel = held.channel();
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
            FileLines.cursor(lines, progress.cursor());
        }
        progress.seen().forEach(version -> FileLines.seen(lines, version));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        requireHeld();
        try {
            HeldFile next = written(bytes);
            HeldFile old = held;
            held = next;
            end = bytes.length;
            whole = end;
            old.close();
            forceFolder();
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /**
     * Writes a new file with these bytes and moves it to the place of the old one. It is locked before another watch
     * can open it by its name.
     */
    private HeldFile written(byte[] bytes) throws IOException {
        Path name = file.resolveSibling(file.getFileName() + ".next");
        requireRegular(name, "the file " + name + " beside it");
        // left by a crash; not overwritten, because it may be a hard link to another file
        Files.deleteIfExists(name);
        HeldFile next = HeldFile.createNew(name);
        boolean moved = false;
        try {
            keepAttributes(name);
            writer.write(next.channel(), ByteBuffer.wrap(bytes));
            next.channel().force(true);
            HeldFile.move(name, file);
            moved = true;
            return next;
        } finally {
            if (!moved) {
                next.close();
            }
        }
    }

    /** Keeps owner, group and permissions of the file, where the system supports them. */
    private void keepAttributes(Path next) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        PosixFileAttributes present = view.readAttributes();
        try {
            if (!old.group().equals(present.group())) {
                view.setGroup(old.group());
            }
            if (!old.owner().equals(present.owner())) {
                view.setOwner(old.owner());
            }
        } catch (IOException notAllowed) {
            // few users may change the owner of a file; it stays readable for this process anyway
        }
        if (!old.permissions().equals(present.permissions())) {
            view.setPermissions(old.permissions());
        }
    }

    /**
     * Forces the folder to disk, so that the new name survives a power failure; not every system can open a folder.
     */
    private void forceFolder() {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException notSupported) {
            // the file itself is on disk; only the replacement of the old file may be lost
        }
    }

    private void requireHeld() {
        try {
            if (!held.isAt(file)) {
                throw new LeaseLostException(
                        "The cursor file " + file
                                + " was removed or replaced while the watch was running, so another watch"
                                + " may have opened it. Start the watch again",
                        null);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    private CursorStoreException failed(String what, IOException cause) {
        return FileFailure.of(what, file, cause);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
