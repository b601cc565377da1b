package io.github.defenderreactive.client.cursor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The message about an error of the file system: the file, the reason, and what to do. */
final class FileFailure {

    private FileFailure() {}

    static CursorStoreException of(String what, Path file, IOException cause) {
        return new CursorStoreException(
                "Cannot " + what + " the cursor file " + file + ": " + reason(file, cause) + ". " + advice(what),
                cause);
    }

    private static String advice(String what) {
        return what.equals("write")
                ? "Its content is intact, and unacknowledged deliveries are repeated. Make the file writable, for"
                        + " example by freeing disk space, and start the watch with the same file"
                : "Use a regular file in an existing folder, both readable and writable";
    }

    /**
     * Returns the reason without the path: the message of most exceptions begins with a path, and some have no other
     * text.
     */
    private static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        if (cause instanceof AccessDeniedException denied) {
            return "permission denied" + elsewhere(file, denied);
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason() + elsewhere(file, failed);
        }
        return String.valueOf(cause.getMessage());
    }

    /** Returns the name of the file that failed if it is not the cursor file itself but the new one beside it. */
    private static String elsewhere(Path file, FileSystemException cause) {
        return cause.getFile() == null || cause.getFile().equals(file.toString()) ? "" : " (" + cause.getFile() + ")";
    }
}
