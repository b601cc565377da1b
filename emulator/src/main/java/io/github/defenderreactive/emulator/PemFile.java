package io.github.defenderreactive.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate as a file, for programs that take a path. */
final class PemFile {

    private PemFile() {}

    static Path write(String pem) {
        try {
            Path file = Files.createTempFile("defender-emulator-", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate cannot be written to a temporary file", e);
        }
    }

    /** Deletes the file; one that stays is deleted with the process. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It holds nothing secret.
        }
    }
}
