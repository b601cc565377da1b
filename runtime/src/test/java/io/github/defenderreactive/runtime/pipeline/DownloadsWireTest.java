package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is behind a signed link, over real connections. */
class DownloadsWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SIGNATURE = "s1gnature";

    @TempDir
    private Path directory;

    private FaultServer server;
    private ReactorNettyTransport transport;
    private Downloads downloads;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        transport = ReactorNettyTransport.create();
        downloads = Downloads.over(
                transport, RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    private String link() {
        return server.uri("/files/part-0.json.gz?sv=2026-01-01&sig=" + SIGNATURE + "%2B%3D")
                .toString();
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static Answer stored(byte[] bytes) {
        return Answer.status(200)
                .header("Content-Type", "application/octet-stream")
                .body(bytes);
    }

    private Mono<byte[]> collected(String link) {
        return downloads
                .bytes(link)
                .collect(ByteArrayOutputStream::new, (out, buffer) -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    out.writeBytes(bytes);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    @Test
    void shouldGiveEveryByteAndSendNoToken() {
        byte[] content = content(3_000_000);
        server.answer(stored(content));

        StepVerifier.create(collected(link()))
                .expectNextMatches(bytes -> java.util.Arrays.equals(bytes, content))
                .expectComplete()
                .verify(PATIENCE);

        FaultServer.Request request = server.requests().get(0);
        assertThat(request.uri()).isEqualTo("/files/part-0.json.gz?sv=2026-01-01&sig=" + SIGNATURE + "%2B%3D");
        assertThat(request.headers()).doesNotContainKey("authorization");
    }

    @Test
    void shouldAskNothingBeforeSomebodySubscribes() {
        downloads.bytes(link());
        downloads.to(link(), directory.resolve("x"));

        assertThat(server.connections()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldTakeQuotationMarksOff() {
        server.answer(stored(content(10)));

        StepVerifier.create(collected("\"" + link() + "\"")).expectNextCount(1).verifyComplete();
    }

    @Test
    void shouldReadOneBufferPerDemandAndCloseOnCancel() {
        server.answer(stored(new byte[0]).repeated(content(64 * 1024), 1_000));
        AtomicLong received = new AtomicLong();

        StepVerifier.create(downloads.bytes(link()).doOnNext(buffer -> received.addAndGet(buffer.remaining())), 0)
                .expectSubscription()
                .thenRequest(2)
                .expectNextCount(2)
                .thenAwait(Duration.ofMillis(200))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(received).hasValueLessThan(1_000_000);
        assertThat(server.acceptedBytes()).isLessThan(4_000_000);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldRepeatUntilTheFirstByte() {
        server.enqueue(Answer.status(503).header("Retry-After", "0"), Answer.nothing(Answer.Ending.RESET));
        server.answer(stored(content(10)));

        StepVerifier.create(collected(link()))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldNotRepeatBehindTheFirstByte() {
        server.answer(stored(content(300_000)).breakAfter(150_000, Answer.Ending.RESET));

        StepVerifier.create(downloads.bytes(link()).last())
                .expectError(ConnectionException.class)
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldGiveUpAfterTheAttemptsOfThePolicy() {
        server.answer(Answer.status(500));

        StepVerifier.create(collected(link()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                failure -> assertThat(failure.attempts()).isEqualTo(4)))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"403", "401", "404", "410", "400", "302"})
    void shouldSayWhatIsWrongWithoutShowingTheLink(int status) {
        server.answer(Answer.status(status)
                .header("x-ms-request-id", "storage-7")
                .header("Location", "https://elsewhere.example/")
                .header("Content-Type", "application/xml")
                .body("<Error><Code>AuthenticationFailed</Code></Error>"));

        StepVerifier.create(collected(link()))
                .expectErrorSatisfies(error -> {
                    DefenderException failure = (DefenderException) error;
                    assertThat(failure).isInstanceOf(expected(status));
                    assertThat(failure.status()).isEqualTo(status);
                    assertThat(failure.requestId()).isEqualTo("storage-7");
                    assertThat(failure.attempts()).isEqualTo(1);
                    assertThat(failure.getMessage())
                            .contains("/files/part-0.json.gz")
                            .doesNotContain(SIGNATURE);
                })
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    private static Class<?> expected(int status) {
        return switch (status) {
            case 401, 403 -> LinkExpiredException.class;
            case 404, 410 -> NotFoundException.class;
            default -> BadRequestException.class;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "files/part-0", "https:/x?sig=s1gnature", "https://a b/?sig=s1gnature", "mailto:x"})
    void shouldRefuseWhatIsNoLink(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> downloads.bytes(text))
                .withMessageContaining("link")
                .satisfies(error -> assertThat(error.toString()).doesNotContain(SIGNATURE))
                .withNoCause();
    }

    @Test
    void shouldNotSendASignatureInClearText() {
        StepVerifier.create(downloads.bytes("http://storage.example/file?sig=" + SIGNATURE))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("https")
                        .hasMessageNotContaining(SIGNATURE))
                .verify(PATIENCE);
    }

    @Test
    void shouldWriteAFileInThePlaceOfAnOlderOne() throws IOException {
        byte[] content = content(3_000_000);
        server.answer(stored(content));
        Path file = Files.writeString(directory.resolve("package.zip"), "old");

        StepVerifier.create(downloads.to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasBinaryContent(content);
        assertThat(files()).containsExactly("package.zip");
    }

    @Test
    void shouldWriteAnEmptyFile() {
        server.answer(stored(new byte[0]));
        Path file = directory.resolve("empty");

        StepVerifier.create(downloads.to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).isEmptyFile();
    }

    @Test
    void shouldBeginAFileAgainThatBrokeOff() {
        byte[] content = content(300_000);
        server.enqueue(stored(content).breakAfter(150_000, Answer.Ending.RESET));
        server.answer(stored(content));
        Path file = directory.resolve("package.zip");

        StepVerifier.create(downloads.to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasBinaryContent(content);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldLeaveTheOldFileAloneWhenItFails() throws IOException {
        server.answer(stored(content(300_000)).breakAfter(150_000, Answer.Ending.CLOSE));
        Path file = Files.writeString(directory.resolve("package.zip"), "old");

        StepVerifier.create(downloads.to(link(), file))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly("package.zip");
    }

    @Test
    void shouldDeleteWhatWasWrittenOnCancel() {
        server.answer(stored(content(1_000_000)).slowly(64 * 1024, Duration.ofMillis(20)));

        StepVerifier.create(downloads.to(link(), directory.resolve("package.zip")))
                .expectSubscription()
                .then(() -> await().atMost(PATIENCE).until(() -> written() > 0))
                .thenCancel()
                .verify(PATIENCE);

        await().atMost(PATIENCE).until(() -> files().isEmpty());
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldLeaveNothingWhenCancelledWhileTheFileIsMade() throws Exception {
        Path file = directory.resolve("package.zip");
        CountDownLatch making = new CountDownLatch(1);
        Path slow = (Path) Proxy.newProxyInstance(
                Path.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getFileName")) {
                        making.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException cancelled) {
                            // and the disk, which nobody interrupts, goes on
                        }
                    }
                    return method.invoke(file, arguments);
                });

        Disposable running = downloads.to(link(), slow).subscribe();
        assertThat(making.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        running.dispose();

        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> files().isEmpty());
    }

    @Test
    void shouldSayWhyAFileCannotBeWritten() {
        server.answer(stored(content(10)));

        StepVerifier.create(downloads.to(link(), directory.resolve("nowhere/package.zip")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("nowhere/package.zip")
                        .hasMessageContaining("directory does not exist"))
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
    }

    private long written() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private java.util.List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
