package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the bytes of a download go.
 *
 * @param place the file itself, links followed
 * @param isReplaced whether it is, or will be, a regular file that a new one can take the place of. A device or a pipe must
 *     not be replaced and is written to as it is
 */
record DownloadTarget(Path place, boolean isReplaced) {

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Looks at what a path leads to; blocks. */
    static DownloadTarget of(Path file) {
        try {
            if (!Files.exists(file)) {
                return new DownloadTarget(withoutLinks(file), true);
            }
            if (Files.isDirectory(file)) {
                throw new ContentException(file + " is a directory; name a file", ErrorContext.NONE, null);
            }
            if (!Files.isRegularFile(file)) {
                return new DownloadTarget(file, false);
            }
            if (!Files.isWritable(file)) {
                throw new ContentException(
                        "The file " + file + " cannot be written: it is read-only", ErrorContext.NONE, null);
            }
            return regular(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static DownloadTarget regular(Path file) throws IOException {
        try {
            return new DownloadTarget(file.toRealPath(), true);
        } catch (NoSuchFileException e) {
            // an open file that has no name any more, as behind /dev/stdout
            return new DownloadTarget(file, false);
        }
    }

    /** A link may lead to a file that is not there yet. */
    private static Path withoutLinks(Path file) throws IOException {
        Path place = file;
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("too many links");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    static ContentException unwritable(Path file, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "its directory does not exist" : cause.toString();
        return new ContentException("The file " + file + " cannot be written: " + reason, ErrorContext.NONE, cause);
    }
}
