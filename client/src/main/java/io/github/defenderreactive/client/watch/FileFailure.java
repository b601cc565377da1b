package io.github.defenderreactive.client.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What an error of the file system means to whoever runs the watch: the file, the reason, and what to do. */
final class FileFailure {

    private FileFailure() {}

    static CursorStoreException of(String what, Path file, IOException cause) {
        return new CursorStoreException(
                "Cannot " + what + " the cursor file " + file + ": " + reason(file, cause) + ". " + advice(what),
                cause);
    }

    private static String advice(String what) {
        return what.equals("write")
                ? "What it holds is whole, and what was not acknowledged comes again: make the file writable, for"
                        + " instance by making room on the disk, and start the watch with the same file"
                : "Give a regular file in a folder that exists, both of which may be read and written";
    }

    /** The message of most of them begins with a path, and that of some is nothing else. */
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

    /** The file beside it that failed: the lock, or the new one that was to take its place. */
    private static String elsewhere(Path file, FileSystemException cause) {
        return cause.getFile() == null || cause.getFile().equals(file.toString()) ? "" : " (" + cause.getFile() + ")";
    }
}
