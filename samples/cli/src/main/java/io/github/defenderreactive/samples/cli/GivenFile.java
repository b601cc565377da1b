package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.runtime.auth.oauth.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names. */
final class GivenFile {

    private final Path path;
    private final SecretFile secret;

    /**
     * Names a file.
     *
     * @param option the option, for messages
     */
    GivenFile(String option, Path path) {
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
