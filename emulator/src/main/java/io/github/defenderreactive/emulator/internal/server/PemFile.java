package io.github.defenderreactive.emulator.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate as a file, for programs that need a path. */
public final class PemFile {

    private PemFile() {}

    public static Path write(String pem) {
        try {
            Path file = Files.createTempFile("defender-emulator-", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate could not be written to a temporary file", e);
        }
    }

    /** Deletes the file; if that fails, it is deleted when the process ends. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It holds nothing secret.
        }
    }
}
