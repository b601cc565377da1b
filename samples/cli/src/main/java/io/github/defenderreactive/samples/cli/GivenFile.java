package io.github.defenderreactive.samples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option names, read again whenever it is needed.
 *
 * @param option the option, for messages
 */
record GivenFile(String option, Path path) {

    GivenFile {
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw unreadable(option, path);
        }
    }

    /** Its text without the line end that editors leave. */
    String text() {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw unreadable(option, path);
        }
    }

    private static UsageException unreadable(String option, Path path) {
        return new UsageException("Cannot read " + option + " " + path);
    }
}
