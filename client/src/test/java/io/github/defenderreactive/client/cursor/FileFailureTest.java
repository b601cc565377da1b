package io.github.defenderreactive.client.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileFailureTest {

    private static final Path FILE = Path.of("/srv/alerts.cursor");

    private static String text(String what, IOException cause) {
        CursorStoreException failure = FileFailure.of(what, FILE, cause);
        assertThat(failure).hasCause(cause);
        return failure.getMessage();
    }

    @Test
    void shouldSayThatNothingIsLostAndWhatToDoWhenTheDiskIsFull() {
        assertThat(text("write", new IOException("No space left on device")))
                .startsWith("Cannot write the cursor file /srv/alerts.cursor: No space left on device. ")
                .contains("unacknowledged deliveries are repeated")
                .contains("freeing disk space")
                .contains("start the watch with the same file");
    }

    @Test
    void shouldNotTakeAPathForAReason() {
        assertThat(text("open", new NoSuchFileException("/srv/alerts.cursor.lock")))
                .startsWith("Cannot open the cursor file /srv/alerts.cursor: its folder does not exist. Use a regular"
                        + " file");
        assertThat(text("open", new AccessDeniedException("/srv/alerts.cursor")))
                .startsWith("Cannot open the cursor file /srv/alerts.cursor: permission denied. ");
    }

    @Test
    void shouldNameTheFileBesideItThatFailed() {
        assertThat(text("open", new AccessDeniedException("/srv/alerts.cursor.lock")))
                .contains(": permission denied (/srv/alerts.cursor.lock). ");
        assertThat(text("write", new FileSystemException("/srv/alerts.cursor.next", null, "Read-only file system")))
                .contains(": Read-only file system (/srv/alerts.cursor.next). ");
    }
}
