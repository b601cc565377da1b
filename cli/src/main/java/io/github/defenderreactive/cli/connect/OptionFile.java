package io.github.defenderreactive.cli.connect;

import io.github.defenderreactive.cli.arguments.UsageException;
import io.github.defenderreactive.runtime.auth.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names. */
final class OptionFile {

    private final Path path;
    private final SecretFile secret;

    /**
     * Names a file.
     *
     * @param option the option, for messages
     */
    OptionFile(String option, Path path) {
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new UsageException("Cannot read " + option + " " + path);
        }
        this.path = path;
        this.secret = SecretFile.of(path);
    }

    Path path() {
        return path;
    }

    /** The secret in it, read again whenever it is needed. */
    String text() {
        return secret.get();
    }
}
