package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.auth.oauth.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names. */
final class OptionFile {

    private final Path path;
    private final SecretFile secret;

    /**
     * Checks that a file can be read.
     *
     * @param option the name of the option, for messages
     * @param path the file
     * @throws UsageException if the file cannot be read
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

    /** Returns the secret in the file, which is read at each call. */
    String text() {
        return secret.get();
    }
}
