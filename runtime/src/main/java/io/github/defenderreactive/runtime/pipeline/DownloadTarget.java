package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The target of a download.
 *
 * @param place the file after resolving links
 * @param isReplaced whether it is, or will be, a regular file that can be replaced by a new one. A device or a pipe
 *     must not be replaced and is written to directly
 */
record DownloadTarget(Path place, boolean isReplaced) {

    /** Maximum number of links, as in Linux. */
    private static final int MOST_LINKS = 40;

    /** Resolves a path. Blocks. */
    static DownloadTarget of(Path file) {
        try {
            if (!Files.exists(file)) {
                return new DownloadTarget(withoutLinks(file), true);
            }
            if (Files.isDirectory(file)) {
                throw new ContentException(file + " is a directory; specify a file", ErrorContext.NONE, null);
            }
            if (!Files.isRegularFile(file)) {
                return new DownloadTarget(file, false);
            }
            if (!Files.isWritable(file)) {
                throw new ContentException(
                        "Cannot write to " + file + ": the file is read-only", ErrorContext.NONE, null);
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
            // an open file that no longer has a name, such as the target of /dev/stdout
            return new DownloadTarget(file, false);
        }
    }

    /** Resolves links. A link may point to a file that does not exist yet. */
    private static Path withoutLinks(Path file) throws IOException {
        Path place = file;
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("too many symbolic links");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    static ContentException unwritable(Path file, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "its directory does not exist" : cause.toString();
        return new ContentException("Cannot write to " + file + ": " + reason, ErrorContext.NONE, cause);
    }
}
