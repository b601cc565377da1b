package io.github.defenderreactive.emulator.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate as a file, for programs that take a path. */
public final class PemFile {

    private PemFile() {}

    public static Path write(String pem) {
        try {
            Path file = Files.createTempFile("defender-emulator-", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate cannot be written to a temporary file", e);
        }
    }

    /** Deletes the file; one that stays is deleted with the process. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It holds nothing secret.
        }
    }
}
