package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A large file as a part of a form, over real connections. */
class UploadWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE = 20 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final long READ_AHEAD_LIMIT = 6L * 1024 * 1024;

    private final AtomicLong read = new AtomicLong();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @TempDir
    private Path directory;

    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        use(FaultServer.start(), TransportOptions.builder());
    }

    private void use(FaultServer other, TransportOptions.Builder options) {
        if (server != null) {
            stop();
        }
        server = other;
        server.answer(Answer.json("{\"id\":\"stored\"}"));
        transport = ReactorNettyTransport.create(options.build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void shouldReadLittleAheadOfTheSocketAndSendEveryByte(boolean tls) throws Exception {
        if (tls) {
            FaultServer secure = FaultServer.startTls();
            use(secure, TransportOptions.builder().trustedCertificates(List.of(secure.certificate())));
        }
        server.hold();
        StepVerifier.create(pipeline().single(upload(counted())))
                .then(() -> await().atMost(PATIENCE).until(() -> server.held() == 1 && read.get() > 0))
                // time to fill every buffer there is
                .thenAwait(Duration.ofMillis(500))
                .then(() -> {
                    assertThat(read.get()).isLessThanOrEqualTo(READ_AHEAD_LIMIT);
                    server.release();
                })
                .expectNext(new Row("stored"))
                .expectComplete()
                .verify(PATIENCE);

        FaultServer.Request request = server.requests().get(0);
        assertThat(request.headers().get("content-length")).isEqualTo(Integer.toString(request.bytes().length));
        assertThat(request.headers()).doesNotContainKey("transfer-encoding");
        assertThat(request.headers().get("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(file(request)).isEqualTo(content(LARGE));
        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldSendAFileOfTheDisk() throws IOException {
        Path script = Files.write(directory.resolve("collect.ps1"), content(3_000_000));

        StepVerifier.create(pipeline().single(upload(FileContent.of(script))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file(server.requests().get(0))).isEqualTo(content(3_000_000));
        assertThat(new String(server.requests().get(0).bytes(), StandardCharsets.UTF_8))
                .contains("name=\"File\"; filename=\"collect.ps1\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void shouldSendTheWholeFileAgainWhenItWasRefusedUnread(int status) {
        server.enqueue(Answer.status(status).header("Retry-After", "0"));

        StepVerifier.create(pipeline().single(upload(counted())))
                .expectNext(new Row("stored"))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(Arrays.equals(file(request), content(LARGE))).isTrue());
        assertThat(opened).hasValue(2);
        assertThat(closed).hasValue(2);
    }

    @Test
    void shouldCloseTheFileOnCancel() {
        server.hold();
        StepVerifier.create(pipeline().single(upload(counted())))
                .then(() -> await().atMost(PATIENCE).until(() -> server.held() == 1 && read.get() > 0))
                .thenCancel()
                .verify(PATIENCE);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(opened + "/" + closed).isEqualTo("1/1"));
        server.release();
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        assertThat(server.requests()).isEmpty();
    }

    /** Whatever is under way on whichever thread: nothing is left open, and no error comes too late for anybody. */
    @Test
    void shouldStopAtACancelAtAnyMoment() {
        byte[] bytes = content(4 * PIECE);
        int pieces = 16;
        Random random = new Random(11);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 150; i++) {
            int enough = random.nextInt(pieces + pieces / 2);
            Duration more = Duration.ofNanos(random.nextInt(300_000));
            AtomicInteger passed = new AtomicInteger();
            Sinks.Empty<Void> moment = Sinks.empty();
            FileContent file = FileContent.of(
                    "any.bin",
                    bytes.length,
                    () -> pieces(bytes, bytes.length / pieces)
                            .doOnSubscribe(subscription -> opened.incrementAndGet())
                            .doOnNext(piece -> {
                                if (passed.incrementAndGet() == enough) {
                                    moment.tryEmitEmpty();
                                }
                            })
                            .doFinally(signal -> closed.incrementAndGet())
                            .publishOn(Schedulers.boundedElastic(), 1));
            Disposable call = pipeline()
                    .single(upload(file))
                    .doFinally(signal -> moment.tryEmitEmpty())
                    .subscribe(row -> {}, failures::add);
            moment.asMono().then(Mono.delay(more, Schedulers.parallel())).block(PATIENCE);
            call.dispose();
        }

        assertThat(failures).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(closed).hasValue(opened.get()));
        assertThat(server.requests().size())
                .as("some came to their end, some did not")
                .isBetween(25, 125);
        StepVerifier.create(pipeline().single(upload(counted())))
                .expectNext(new Row("stored"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNotSendAnythingWithoutTheFile() {
        StepVerifier.create(pipeline().single(upload(FileContent.of(directory.resolve("nowhere.ps1")))))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(ContentException.class)
                            .hasMessageContaining("nowhere.ps1")
                            .hasMessageContaining("uploadRow");
                    assertThat(((ContentException) error).attempts()).isZero();
                })
                .verify(PATIENCE);
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGE - 1, LARGE + 1})
    void shouldGiveUpAFileThatChangesWhileItIsSent(int found) {
        FileContent changing = FileContent.of("growing.log", LARGE, () -> pieces(content(found)));

        StepVerifier.create(pipeline().single(upload(changing)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("growing.log changed"))
                .verify(PATIENCE);

        assertThat(server.requests()).isEmpty();
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldNotKnowTheOutcomeWhenTheAnswerIsLost() {
        server.answer(Answer.nothing(Answer.Ending.RESET));

        StepVerifier.create(pipeline().single(upload(counted())))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldTakeAnAnswerThatComesBeforeTheBodyIsSent() {
        server.answerHead(Answer.status(413)
                .body("{\"error\":{\"code\":\"TooLarge\",\"message\":\"too large\"}}")
                .then(Answer.Ending.HALF_CLOSE));

        StepVerifier.create(pipeline().single(upload(counted())))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(BadRequestException.class).hasMessageContaining("too large");
                    assertThat(((BadRequestException) error).status()).isEqualTo(413);
                })
                .verify(PATIENCE);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(opened + "/" + closed).isEqualTo("1/1"));
    }

    @Test
    void shouldCountTheWaitForAnAnswerFromTheLastPieceOn() throws Exception {
        use(FaultServer.start(), TransportOptions.builder().responseTimeout(Duration.ofMillis(1_500)));
        byte[] small = content(10);
        FileContent slow = FileContent.of("slow", 10, () -> pieces(small, 1).delayElements(Duration.ofMillis(200)));

        StepVerifier.create(pipeline().single(upload(slow)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldGiveUpAServerThatTakesNothingMore() throws Exception {
        use(FaultServer.start(), TransportOptions.builder().responseTimeout(Duration.ofMillis(600)));
        server.hold();

        StepVerifier.create(pipeline().single(upload(counted())))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(OutcomeUnknownException.class)
                        .hasCauseInstanceOf(CallTimeoutException.class))
                .verify(PATIENCE);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(opened + "/" + closed).isEqualTo("1/1"));
    }

    private Pipeline pipeline() {
        return Pipelines.over(transport).apiRoot(server.uri("/api")).build();
    }

    private static Call<Row> upload(FileContent file) {
        return Row.UPLOAD.call().form("About", "Grüße").file("File", file).build();
    }

    private FileContent counted() {
        return FileContent.of(
                "large.bin",
                LARGE,
                () -> pieces(content(LARGE))
                        .doOnSubscribe(subscription -> opened.incrementAndGet())
                        .doOnNext(piece -> read.addAndGet(piece.remaining()))
                        .doFinally(signal -> closed.incrementAndGet()));
    }

    private static Flux<ByteBuffer> pieces(byte[] bytes) {
        return pieces(bytes, PIECE);
    }

    private static Flux<ByteBuffer> pieces(byte[] bytes, int size) {
        return Flux.range(0, (bytes.length + size - 1) / size)
                .map(i -> ByteBuffer.wrap(bytes, i * size, Math.min(size, bytes.length - i * size)));
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /** What stands between the head of the last part and the closing boundary. */
    private static byte[] file(FaultServer.Request request) {
        String latin = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        String type = request.headers().get("content-type");
        String boundary = "\r\n--" + type.substring(type.indexOf('=') + 1) + "--\r\n";
        assertThat(latin).endsWith(boundary);
        int from = latin.indexOf("octet-stream\r\n\r\n") + "octet-stream\r\n\r\n".length();
        return Arrays.copyOfRange(request.bytes(), from, latin.length() - boundary.length());
    }
}
