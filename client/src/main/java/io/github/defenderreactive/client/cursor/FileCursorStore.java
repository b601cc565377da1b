package io.github.defenderreactive.client.cursor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Mono;

/**
 * A store of progress in a file of text lines. An acknowledgement is appended and forced to disk before it completes;
 * acknowledgements that arrive faster than the disk writes share one write. The cursor is appended in the same way
 * after each poll. When the file has doubled, a new file is written as {@code FILE.next}, forced to disk, and moved to
 * the place of the old one atomically, with the same owner and permissions.
 *
 * <p>A lock on the file excludes a second watch, even if that uses another path to the file. The system releases the
 * lock when the process ends, in any way. If the file is removed or replaced while a watch uses it, the watch ends with
 * {@link LeaseLostException}. The file must be a regular file, or a link to one, of at most 256 MiB.
 *
 * <p>Each line has a checksum. A last line that was truncated by a crash is ignored, because its acknowledgement had
 * not completed. Any other damage is an error; the watch never silently starts without progress.
 *
 * <p>The store works on Reactor's bounded elastic threads.
 *
 * @since 0.1.0
 */
public final class FileCursorStore implements CursorStore {

    private final Path file;
    private final FileJournal.Writer writer;

    /**
     * Creates a store. Does not access the file yet.
     *
     * @param file the file, or a link to it; its folder must exist
     * @throws IllegalArgumentException if the path is empty
     */
    public FileCursorStore(Path file) {
        this(file, FileJournal.Writer.PLAIN);
    }

    FileCursorStore(Path file, FileJournal.Writer writer) {
        if (file.toString().isEmpty()) {
            throw new IllegalArgumentException("file must not be empty");
        }
        this.file = file.toAbsolutePath();
        this.writer = writer;
    }

    @Override
    public Mono<Session> open() {
        return FileCursorSession.open(this::opened);
    }

    private FileJournal opened() {
        try {
            return FileJournal.open(target(), writer);
        } catch (IOException e) {
            throw FileFailure.of("open", file, e);
        }
    }

    /**
     * Returns the file that a link leads to, which the first watch creates. A link must not be replaced by a file,
     * because other programs use its target.
     */
    private Path target() throws IOException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        }
        return Files.exists(file) ? file.toRealPath() : file;
    }
}
