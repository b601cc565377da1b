package io.github.defenderreactive.client.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the store in a file promises beyond the contract of the testkit. */
class FileCursorStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant TIME = Instant.parse("2026-11-03T04:05:06.1234567Z");
    private static final Cursor CURSOR = new Cursor(TIME, TIME.plusSeconds(60), TIME.plusSeconds(30));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("alerts.cursor");
    }

    private CursorStore store() {
        return CursorStore.file(file());
    }

    private static CursorStore.Session opened(CursorStore store) {
        return Objects.requireNonNull(store.open().block(PATIENCE));
    }

    private Progress reloaded() {
        CursorStore.Session session = opened(store());
        Progress progress = Objects.requireNonNull(session.load().block(PATIENCE));
        session.close().block(PATIENCE);
        return progress;
    }

    private void write() {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new SeenVersion("a", TIME))))
                .block(PATIENCE);
        session.acknowledge(new SeenVersion("b", TIME)).block(PATIENCE);
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
            assertThat(progress.seen()).containsExactly(new SeenVersion("a", TIME));
        }
    }

    @Test
    void shouldWriteOverWhatACrashLeft() throws IOException {
        write();
        Files.writeString(file(), "0123", StandardOpenOption.APPEND);
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.acknowledge(new SeenVersion("c", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactly("a", "b", "c");
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
        session.replace(new Progress(CURSOR, List.of(new SeenVersion("c", TIME))))
                .block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(link).isSymbolicLink();
        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactly("c");
    }

    /** The folder that survives may be empty when the link to it is laid. */
    @Test
    void shouldMakeTheFileThatALinkLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("alerts.cursor"));

        CursorStore.Session session = opened(CursorStore.file(link));
        assertThat(session.load().block(PATIENCE)).isEqualTo(Progress.NONE);
        session.replace(new Progress(CURSOR, List.of(new SeenVersion("c", TIME))))
                .block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(link).isSymbolicLink();
        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactly("c");
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
        assertThatThrownBy(() -> session.acknowledge(new SeenVersion("c", TIME)).block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(file().toString());
        assertThatThrownBy(
                        () -> session.replace(new Progress(CURSOR, List.of())).block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("No space left on device");
        full.set(false);
        session.acknowledge(new SeenVersion("d", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactly("a", "b", "d");
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
                .hasMessageContaining(
                        "Cannot open the cursor file " + file() + ": it is a directory, not a regular file. Use");
    }

    @Test
    void shouldSayThatTheFolderIsAFile() throws IOException {
        Files.writeString(folder.resolve("plain"), "");
        Path file = folder.resolve("plain/alerts.cursor");
        assertThatThrownBy(() -> CursorStore.file(file).open().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("Cannot open the cursor file " + file + ": Not a directory. ");
    }

    // ---- which files -------------------------------------------------------------------------------------------

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> CursorStore.file(file).open().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("Cannot open the cursor file " + file.toAbsolutePath())
                .hasMessageContaining(reason);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void shouldRefuseAnEmptyPath() {
        assertThatThrownBy(() -> CursorStore.file(Path.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file must not be empty");
    }

    @Test
    void shouldRefuseTheRootOfTheFileSystem() {
        assertRefused(Path.of("/"), "it is a directory, not a regular file");
    }

    /** Opening a pipe would wait for its other end, and a device may do anything. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldRefuseWhatIsNoRegularFileAndLeaveItAsItIs() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        run("mkfifo", pipe.toString());
        assertRefused(pipe, "it is a device or a pipe, not a regular file");
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), pipe);
        assertRefused(linked, "it is a device or a pipe, not a regular file");
        Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
        assertRefused(device, "it is a device or a pipe, not a regular file");
        Path folderLink = Files.createSymbolicLink(folder.resolve("folderLink"), folder);
        assertRefused(folderLink, "it is a directory, not a regular file");

        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(linked).isSymbolicLink();
        assertThat(folder.resolve("pipe.next")).doesNotExist();
    }

    @Test
    void shouldWriteThroughNoLinkThatStandsInTheWay() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve("alerts.cursor.next"), victim);
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);

        assertThatThrownBy(
                        () -> session.replace(new Progress(CURSOR, List.of())).block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("alerts.cursor.next beside it is a link, not a regular file");
        session.close().block(PATIENCE);
        assertThat(victim).hasContent("precious");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldWriteOverNoFileThatHasTheNameOfItsOwn() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createLink(folder.resolve("alerts.cursor.next"), victim);
        write();

        assertThat(victim).hasContent("precious");
        assertThat(reloaded().cursor()).isEqualTo(CURSOR);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldKeepThePermissionsOfTheFile() throws IOException {
        for (String permissions : List.of("rw-------", "rw-rw-r--", "rw-r-----")) {
            Files.deleteIfExists(file());
            Files.createFile(file());
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
            write();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo(permissions);
        }
    }

    /** More than memory may hold; the message must come before it is read. */
    @Test
    void shouldRefuseAFileThatIsTooLarge() throws IOException {
        for (long size : new long[] {FileJournal.LARGEST + 1, 3L << 30}) {
            try (FileChannel sparse = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                sparse.write(ByteBuffer.wrap(new byte[] {'\n'}), size - 1);
            }
            CursorStore.Session session = opened(store());
            assertThatThrownBy(() -> session.load().block(PATIENCE))
                    .isInstanceOf(CursorStoreException.class)
                    .hasMessageContaining("has " + size + " bytes, more than the limit of 268435456");
            session.close().block(PATIENCE);
            Files.delete(file());
        }
    }

    @Test
    void shouldRefuseALineWithoutEndBeforeItHoldsAllOfIt() throws IOException {
        Files.writeString(file(), "x".repeat(10_000_000));
        CursorStore.Session session = opened(store());
        assertThatThrownBy(() -> session.load().block(PATIENCE))
                .isInstanceOf(CursorStoreException.class)
                .hasMessageContaining("damaged at line 1");
        session.close().block(PATIENCE);
    }

    // ---- what a poll costs -------------------------------------------------------------------------------------

    @Test
    void shouldAppendOneLineForAPollThatBroughtNothing() throws IOException {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        List<SeenVersion> many = IntStream.range(0, 5_000)
                .mapToObj(i -> new SeenVersion("da" + i, TIME))
                .toList();
        session.replace(new Progress(CURSOR, many)).block(PATIENCE);
        Object key = key();
        long before = Files.size(file());
        for (int i = 0; i < 100; i++) {
            session.advance(Cursor.startingAt(TIME.plusSeconds(i)), List.of()).block(PATIENCE);
        }
        assertThat(Files.size(file()) - before).isLessThan(100 * 120);
        assertThat(key()).as("the same file").isEqualTo(key);
        session.close().block(PATIENCE);

        assertThat(reloaded().cursor()).isEqualTo(Cursor.startingAt(TIME.plusSeconds(99)));
        assertThat(reloaded().seen()).hasSize(5_000);
    }

    @Test
    void shouldBeginANewFileWhenTheOldOneHasGrown() throws IOException {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new SeenVersion("kept", TIME))))
                .block(PATIENCE);
        for (int i = 0; i < 2_000; i++) {
            session.advance(Cursor.startingAt(TIME.plusSeconds(i)), List.of()).block(PATIENCE);
            assertThat(Files.size(file())).isLessThan(FileJournal.MOST_ADDED + 1_000);
        }
        session.acknowledge(new SeenVersion("later", TIME)).block(PATIENCE);
        session.close().block(PATIENCE);

        assertThat(reloaded().cursor()).isEqualTo(Cursor.startingAt(TIME.plusSeconds(1_999)));
        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactlyInAnyOrder("kept", "later");
    }

    /** The cursor first: what is forgotten with a cursor that is not there would come again. */
    @Test
    void shouldKeepTheOldOrTheNewCursorWhereverAnAdvanceIsCut() throws IOException {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of(new SeenVersion("a", TIME), new SeenVersion("b\n", TIME))))
                .block(PATIENCE);
        long before = Files.size(file());
        Cursor next = Cursor.startingAt(TIME.plusSeconds(90));
        session.advance(next, List.of(new SeenVersion("a", TIME), new SeenVersion("b\n", TIME)))
                .block(PATIENCE);
        session.close().block(PATIENCE);
        byte[] whole = Files.readAllBytes(file());
        for (int length = (int) before; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            Progress progress = reloaded();
            if (progress.seen().size() < 2) {
                assertThat(progress.cursor()).isEqualTo(next);
            }
            assertThat(progress.cursor()).isIn(CURSOR, next);
        }
        assertThat(reloaded()).isEqualTo(new Progress(next, List.of()));
    }

    @Test
    void shouldReadAFileOfTheReleaseBefore() throws IOException {
        String id = "back\\slash\\u0041";
        StringBuilder lines = new StringBuilder();
        FileLines.cursor(lines, CURSOR);
        FileLines.seen(lines, new SeenVersion(id, TIME));
        assertThat(lines.toString()).contains(" seen 2026-11-03T04:05:06.123456700Z " + id + "\n");
        Files.writeString(file(), lines);

        assertThat(reloaded().seen()).containsExactly(new SeenVersion(id, TIME));
    }

    // ---- one watch only ----------------------------------------------------------------------------------------

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldKeepASecondWatchOutByWhateverName() throws IOException {
        write();
        CursorStore.Session session = opened(store());
        Path hardLink = Files.createLink(folder.resolve("hard"), file());
        Path link = Files.createSymbolicLink(folder.resolve("soft"), file());
        for (Path name : List.of(hardLink, link, folder.resolve("../" + folder.getFileName() + "/alerts.cursor"))) {
            assertThatThrownBy(() -> CursorStore.file(name).open().block(PATIENCE))
                    .as("%s", name)
                    .isInstanceOf(CursorStoreException.class)
                    .hasMessageContaining("Another watch has opened the cursor file");
        }
        session.close().block(PATIENCE);
        opened(CursorStore.file(hardLink)).close().block(PATIENCE);
    }

    /** A file that is replaced at each compaction has to be locked before it has its name. */
    @Test
    void shouldKeepASecondWatchOutWhileTheFileIsReplaced() throws Exception {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger let = new AtomicInteger();
        Thread second = new Thread(() -> {
            while (!over.get()) {
                try {
                    store().open().block(PATIENCE);
                    let.incrementAndGet();
                } catch (CursorStoreException refused) {
                    // as it should be
                }
            }
        });
        second.start();
        for (int i = 0; i < 200; i++) {
            session.replace(new Progress(Cursor.startingAt(TIME.plusSeconds(i)), List.of()))
                    .block(PATIENCE);
        }
        over.set(true);
        second.join();
        assertThat(let).hasValue(0);
        session.close().block(PATIENCE);
    }

    @Test
    void shouldEndWhenItsFileIsRemoved() throws IOException {
        CursorStore.Session session = opened(store());
        session.load().block(PATIENCE);
        session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
        Files.delete(file());

        assertThatThrownBy(() -> session.acknowledge(new SeenVersion("a", TIME)).block(PATIENCE))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("was removed or replaced while the watch was running");
        assertThatThrownBy(() -> session.advance(CURSOR, List.of()).block(PATIENCE))
                .isInstanceOf(LeaseLostException.class);
        session.close().block(PATIENCE);
        assertThat(file()).doesNotExist();
    }

    private Object key() throws IOException {
        return Files.readAttributes(file(), BasicFileAttributes.class).fileKey();
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
            Path hardLink = Files.createLink(folder.resolve("hard"), file());
            for (CursorStore second : List.of(store(), store(), CursorStore.file(hardLink))) {
                assertThatThrownBy(() -> second.open().block(PATIENCE))
                        .isInstanceOf(CursorStoreException.class)
                        .hasMessageContaining("Another watch has opened the cursor file");
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(reloaded().seen()).extracting(SeenVersion::id).containsExactly("held");
    }

    /** A process that holds the store until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            CursorStore.Session session = opened(CursorStore.file(Path.of(arguments[0])));
            session.load().block(PATIENCE);
            session.replace(new Progress(CURSOR, List.of())).block(PATIENCE);
            session.acknowledge(new SeenVersion("held", TIME)).block(PATIENCE);
            System.out.println("held");
            System.in.read();
        }
    }
}
