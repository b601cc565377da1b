package io.github.defenderreactive.testkit;

import io.github.defenderreactive.client.cursor.CursorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The lease of a file is the file: a watch that finds another one in its place has lost it. */
class FileCursorStoreTest extends CursorStoreContract {

    @TempDir
    Path folder;

    @Override
    protected CursorStore store() {
        return CursorStore.file(folder.resolve("alerts.cursor"));
    }

    @Override
    protected boolean loseLease(CursorStore.Session session) {
        Path file = folder.resolve("alerts.cursor");
        try {
            Files.copy(file, folder.resolve("copy"));
            Files.move(file, folder.resolve("moved"));
            Files.move(folder.resolve("copy"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }
}
