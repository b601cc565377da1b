package io.github.defenderreactive.client.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Mono;

/**
 * Progress in a file of text lines. An acknowledgement is appended and forced to the disk before it completes, several at
 * once when they come faster than the disk takes them, and so is the cursor after each poll. When the file has doubled, a new
 * one, written as {@code FILE.next} and forced as well, takes its place at once, with the same owner and permissions.
 *
 * <p>A lock on the file keeps out a second watch, by whatever name it comes; the system releases it when the process ends,
 * however it ends. A file that is removed or replaced while a watch has it ends that watch with {@link LeaseLostException}.
 * Only a regular file is taken, or a link to one, and none of more than 256 MiB.
 *
 * <p>Each line bears a checksum. A last line that was cut short by a crash is dropped: its acknowledgement had not completed.
 * Damage anywhere else is an error and never a silent start from nothing.
 *
 * <p>Works on Reactor's bounded elastic threads.
 *
 * @since 0.1.0
 */
public final class FileCursorStore implements CursorStore {

    private final Path file;
    private final FileJournal.Writer writer;

    /**
     * Names the file. Touches nothing yet.
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

    /** A link must not be replaced by a file: others look at what it leads to, which the first watch has to make. */
    private Path target() throws IOException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        }
        return Files.exists(file) ? file.toRealPath() : file;
    }
}
