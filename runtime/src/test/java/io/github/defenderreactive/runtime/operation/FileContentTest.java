package io.github.defenderreactive.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.ContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class FileContentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FileContent.PIECE_BYTES, FileContent.PIECE_BYTES + 1, 1_000_000})
    void shouldReadAFileInPiecesEachTime(int size) throws IOException {
        byte[] bytes = random(size);
        FileContent content = FileContent.of(Files.write(directory.resolve("täglich.bin"), bytes));

        assertThat(content.fileName()).isEqualTo("täglich.bin");
        StepVerifier.create(content.length())
                .expectNext((long) size)
                .expectComplete()
                .verify(PATIENCE);
        for (int time = 0; time < 2; time++) {
            List<ByteBuffer> pieces = content.bytes().collectList().block(PATIENCE);
            assertThat(pieces)
                    .hasSize((size + FileContent.PIECE_BYTES - 1) / FileContent.PIECE_BYTES)
                    .allSatisfy(piece -> assertThat(piece.remaining()).isLessThanOrEqualTo(FileContent.PIECE_BYTES));
            assertThat(joined(pieces)).isEqualTo(bytes);
        }
    }

    @Test
    void shouldReadOnDemandAndCloseTheFileOnCancel() throws IOException {
        Path file = Files.write(directory.resolve("large"), random(1_000_000));
        StepVerifier.create(FileContent.of(file).bytes(), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .thenRequest(2)
                .expectNextCount(2)
                .expectNoEvent(Duration.ofMillis(100))
                .then(() -> assertThat(isOpen(file)).isTrue())
                .thenCancel()
                .verify(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(() -> !isOpen(file));
    }

    @Test
    void shouldCloseTheFileAtItsEnd() throws IOException {
        Path file = Files.write(directory.resolve("small"), random(100));
        StepVerifier.create(FileContent.of(file).bytes())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(() -> !isOpen(file));
    }

    @Test
    void shouldReadOffTheThreadThatAsks() throws IOException {
        Path file = Files.write(directory.resolve("f"), random(100_000));
        // BlockHound watches the parallel threads
        Flux<Integer> read = Flux.defer(() -> FileContent.of(file).bytes())
                .map(ByteBuffer::remaining)
                .subscribeOn(Schedulers.parallel());
        StepVerifier.create(read).expectNextCount(2).expectComplete().verify(PATIENCE);
    }

    @Test
    void shouldNameAFileThatIsMissing() {
        FileContent content = FileContent.of(directory.resolve("nowhere.ps1"));
        for (Flux<?> asked : List.of(content.length().flux(), content.bytes())) {
            StepVerifier.create(asked)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ContentException.class)
                            .hasMessageContaining("nowhere.ps1")
                            .hasMessageContaining("no such file"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldRefuseADirectory() {
        StepVerifier.create(FileContent.of(directory).length())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("not a regular file"))
                .verify(PATIENCE);
    }

    @Test
    void shouldNameContentThatFails() {
        FileContent content = FileContent.of("a.bin", 3, () -> Flux.error(new IllegalStateException("gone")));
        StepVerifier.create(content.bytes())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("a.bin")
                        .hasMessageContaining("gone"))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nX: 1", "a\nb", "a\u0000b", "a\u0085b"})
    void shouldRefuseANameThatAHeaderCannotHold(String name) {
        assertThatThrownBy(() -> FileContent.of(name, 0, Flux::empty)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FormPart.Text(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatHasNoNameOrANegativeLength() {
        assertThatThrownBy(() -> FileContent.of(Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileContent.of("a", -1, Flux::empty)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(List<ByteBuffer> pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.forEach(piece -> out.write(piece.array(), piece.position(), piece.remaining()));
        return out.toByteArray();
    }

    private static boolean isOpen(Path file) {
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            return open.anyMatch(link -> {
                try {
                    return Files.readSymbolicLink(link).equals(file.toRealPath());
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
