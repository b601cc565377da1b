package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCursorStoreTest extends CursorStoreContract {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("alerts.cursor");
    }

    @Override
    CursorStore store() {
        return CursorStore.file(file());
    }

    private void write() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new Seen("a", TIME)))).block(PATIENCE);
        session.acknowledge(new Seen("b", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);
    }

    @Test
    void shouldDropALastLineThatWasCutAnywhere() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file());
        int lastLine =
                new String(whole, java.nio.charset.StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            Progress progress = reloaded();
            assertThat(progress.cursor()).isEqualTo(CURSOR);
            assertThat(progress.seen()).containsExactly(new Seen("a", TIME));
        }
    }

    @Test
    void shouldWriteOverWhatACrashLeft() throws IOException {
        write();
        Files.writeString(file(), "0123", StandardOpenOption.APPEND);
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.acknowledge(new Seen("c", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().seen()).extracting(Seen::id).containsExactly("a", "b", "c");
    }

    @Test
    void shouldWriteWhatALinkLeadsTo() throws IOException {
        write();
        Path link = Files.createSymbolicLink(folder.resolve("link"), file());

        CursorStore.Session session = opened(CursorStore.file(link));
        assertThat(CursorStore.file(file())
                        .open()
                        .onErrorComplete(CursorStoreException.class)
                        .block(PATIENCE))
                .as("held by the other name")
                .isNull();
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new Seen("c", TIME)))).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(link).isSymbolicLink();
        assertThat(reloaded().seen()).extracting(Seen::id).containsExactly("c");
    }

    /** The folder that survives may be empty when the link to it is laid. */
    @Test
    void shouldMakeTheFileThatALinkLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("alerts.cursor"));

        CursorStore.Session session = opened(CursorStore.file(link));
        assertThat(session.load().block(PATIENCE)).isEqualTo(Progress.NONE);
        session.replace(new Progress(CURSOR, List.of(new Seen("c", TIME)))).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(link).isSymbolicLink();
        assertThat(reloaded().seen()).extracting(Seen::id).containsExactly("c");
    }

    @Test
    void shouldRefuseDamageInTheMiddle() throws IOException {
        write();
        String text = Files.readString(file());
        Files.writeString(file(), text.replaceFirst(" a\n", " z\n"));

        CursorStore.Session session = opened(store());
        assertThatThrownBy(() -> session.load().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("damaged at line 2");
        session.close().block(PATIENCE);
    }

    @Test
    void shouldRefuseAFileOfAnotherKind() throws IOException {
        Files.writeString(file(), "shopping list\n");
        CursorStore.Session session = opened(store());
        assertThatThrownBy(() -> session.load().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("damaged at line 1");
        session.close().block(PATIENCE);
        assertThat(Files.readString(file())).isEqualTo("shopping list\n");
    }

    @Test
    void shouldSayWhenTheDiskIsFullAndKeepWhatWasThere() throws IOException {
        write();
        AtomicBoolean full = new AtomicBoolean(true);
        CursorStore.Session session = opened(new FileCursorStore(file(), (channel, bytes) -> {
            if (full.get()) {
                half(channel, bytes);
                throw new IOException("No space left on device");
            }
            FileJournal.Writer.PLAIN.write(channel, bytes);
        }));
        session.load().block(PATIENCE);
        assertThatThrownBy(() -> session.acknowledge(new Seen("c", TIME)).block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(file().toString());
        assertThatThrownBy(
                        () -> session.replace(new Progress(CURSOR, List.of())).block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("No space left on device");
        full.set(false);
        session.acknowledge(new Seen("d", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().seen()).extracting(Seen::id).containsExactly("a", "b", "d");
    }

    private static void half(FileChannel channel, ByteBuffer bytes) throws IOException {
        channel.write(bytes.slice(0, bytes.remaining() / 2));
    }

    @Test
    void shouldSayThatTheFolderIsMissing() {
        assertThatThrownBy(() -> CursorStore.file(folder.resolve("none/alerts.cursor"))
                        .open()
                        .block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("its folder does not exist");
    }

    @Test
    void shouldSayThatTheFileCannotBeWritten() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(() -> store().open().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("Cannot open the cursor file " + file() + ": Is a directory. Give a file");
    }

    @Test
    void shouldSayThatTheFolderIsAFile() throws IOException {
        Files.writeString(folder.resolve("plain"), "");
        Path file = folder.resolve("plain/alerts.cursor");
        assertThatThrownBy(() -> CursorStore.file(file).open().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("Cannot open the cursor file " + file + ": Not a directory (" + file + ".lock)");
    }

    @Test
    void shouldKeepASecondProcessOut() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> store().open().block(PATIENCE))
                    .isInstanceOf(CursorStoreException.class)
                    .hasMessageContaining("Another watch has the cursor file");
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(reloaded().seen()).extracting(Seen::id).containsExactly("held");
    }

    /** A process that holds the store until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            CursorStore.Session session = opened(CursorStore.file(Path.of(arguments[0])));
            session.load().block(PATIENCE);
            session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
            session.acknowledge(new Seen("held", TIME)).block(PATIENCE);
            System.out.println("held");
            System.in.read();
        }
    }
}
