package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Downloads that are interrupted, over real connections. */
class ResumableDownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TAG = "\"0x8D1\"";
    private static final int PIECE = 60_000;
    private static final byte[] CONTENT = content(200_000, 7);
    private static final byte[] OTHER = content(200_000, 8);

    @TempDir
    private Path directory;

    private final AtomicInteger linkRequests = new AtomicInteger();

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

    private static byte[] content(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** A download whose links are numbered. */
    private Download download() {
        return downloads.resumable(
                Mono.fromSupplier(() -> "\"" + server.uri("/package.zip?sig=" + linkRequests.incrementAndGet()) + "\""),
                Set.of());
    }

    private Mono<byte[]> collected(Download download) {
        return download.bytes()
                .collect(ByteArrayOutputStream::new, (out, buffer) -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    out.writeBytes(bytes);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static Answer broken(byte[] stored, int from, Answer answer) {
        byte[] rest = Arrays.copyOfRange(stored, from, stored.length);
        Answer whole = answer.header("Content-Type", "application/zip").body(rest);
        return rest.length > PIECE ? whole.breakAfter(PIECE, Answer.Ending.CLOSE) : whole;
    }

    /** A storage that serves ranges, and closes each connection in the middle. */
    private static Answer ranged(FaultServer.Request request, String identity, String value) {
        String range = request.headers().get("range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        Answer answer = from == 0
                ? Answer.status(200)
                : Answer.status(206)
                        .header("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
        return broken(CONTENT, from, answer.header(identity, value));
    }

    @ParameterizedTest
    @CsvSource({"ETag,'\"0x8D1\"'", "Last-Modified,'Mon, 30 Nov 2026 10:00:00 GMT'"})
    void shouldContinueWithTheRest(String identity, String value) throws Exception {
        server.answer(request -> ranged(request, identity, value));
        Path file = directory.resolve("package.zip");
        List<Download.Progress> progress = new ArrayList<>();

        Download.Report report = download().onProgress(progress::add).to(file).block(PATIENCE);

        assertThat(report).isEqualTo(new Download.Report(file, CONTENT.length, sha256(CONTENT)));
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
        assertThat(directory).isDirectoryNotContaining(entry -> entry.toString().endsWith(".part"));
        assertThat(progress).isSortedAccordingTo((a, b) -> Long.compare(a.bytes(), b.bytes()));
        assertThat(progress.get(progress.size() - 1).bytes()).isEqualTo(CONTENT.length);
        assertThat(progress)
                .allSatisfy(step -> assertThat(step.totalBytes()).isEqualTo(OptionalLong.of(CONTENT.length)));
        assertThat(linkRequests).hasValue(1);
        assertThat(server.requests()).hasSize(4);
        assertThat(server.requests().subList(1, server.requests().size())).allSatisfy(request -> {
            assertThat(request.headers()).containsEntry("if-range", value).doesNotContainKey("authorization");
            assertThat(request.headers().get("range")).matches("bytes=[1-9]\\d*-");
        });
    }

    private enum Storage {
        WITHOUT_RANGES,
        WITHOUT_IDENTITY,
        REFUSING_RANGES
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadFromTheStartWithoutRepeatingBytes(Storage storage) {
        AtomicInteger requests = new AtomicInteger();
        server.answer(request -> {
            if (storage == Storage.REFUSING_RANGES && request.headers().containsKey("range")) {
                return Answer.status(416);
            }
            Answer whole = Answer.status(200);
            Answer identified = storage == Storage.WITHOUT_IDENTITY ? whole : whole.header("ETag", TAG);
            int reset = PIECE * requests.incrementAndGet();
            Answer content =
                    identified.header("Content-Type", "application/zip").body(CONTENT);
            return reset < CONTENT.length ? content.breakAfter(reset, Answer.Ending.CLOSE) : content;
        });

        StepVerifier.create(collected(download()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, CONTENT))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests())
                .filteredOn(request -> request.headers().containsKey("range"))
                .hasSize(storage == Storage.WITHOUT_IDENTITY ? 0 : 1);
    }

    @Test
    void shouldStartAgainWhenTheObjectHasChanged() throws Exception {
        server.enqueue(
                broken(CONTENT, 0, Answer.status(200).header("ETag", TAG)),
                Answer.status(200).header("ETag", "\"2\"").body(OTHER));
        server.answer(Answer.status(200).header("ETag", "\"2\"").body(OTHER));
        Path file = directory.resolve("package.zip");

        Download.Report report = download().to(file).block(PATIENCE);

        assertThat(report.sha256()).isEqualTo(sha256(OTHER));
        assertThat(Files.readAllBytes(file)).isEqualTo(OTHER);
    }

    @Test
    void shouldContinueWithTheSameBytesUnderAnotherTag() {
        server.enqueue(broken(CONTENT, 0, Answer.status(200).header("ETag", TAG)));
        server.answer(Answer.status(200).header("ETag", "\"2\"").body(CONTENT));

        StepVerifier.create(collected(download()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, CONTENT))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"bytes 60000-199999/200000,\"2\"", "bytes 10-199999/200000,\"0x8D1\"", "nonsense,\"0x8D1\""})
    void shouldRefuseTheRestOfAnotherObject(String range, String tag) {
        server.enqueue(broken(CONTENT, 0, Answer.status(200).header("ETag", TAG)));
        server.answer(Answer.status(206)
                .header("ETag", tag)
                .header("Content-Range", range)
                .body(Arrays.copyOfRange(OTHER, PIECE, OTHER.length)));

        StepVerifier.create(collected(download()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("changed while it was read"))
                .verify(PATIENCE);
    }

    @Test
    void shouldReportAChangeThatOnlyTheBytesShow() {
        server.enqueue(broken(CONTENT, 0, Answer.status(200)));
        server.answer(Answer.status(200).body(OTHER));

        StepVerifier.create(collected(download()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("changed while it was read"))
                .verify(PATIENCE);
    }

    @Test
    void shouldRenewALinkThatExpiresInTheMiddle() {
        AtomicInteger requests = new AtomicInteger();
        server.answer(request -> requests.incrementAndGet() % 2 == 0
                ? Answer.status(403)
                        .header("Content-Type", "application/xml")
                        .body("<Error><Code>AuthenticationFailed</Code></Error>")
                : ranged(request, "ETag", TAG));

        StepVerifier.create(collected(download()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, CONTENT))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(linkRequests.get()).isGreaterThan(1);
    }

    @Test
    void shouldGiveUpWhenNewLinksDoNotHelp() {
        server.answer(Answer.status(403));

        StepVerifier.create(download().to(directory.resolve("package.zip")))
                .expectError(LinkExpiredException.class)
                .verify(PATIENCE);
        assertThat(linkRequests).hasValue(4);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldGiveUpWhenNoByteArrives() {
        server.enqueue(broken(CONTENT, 0, Answer.status(200).header("ETag", TAG)));
        server.answer(Answer.nothing(Answer.Ending.RESET));

        StepVerifier.create(collected(download()))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        assertThat(linkRequests).hasValue(1);
    }

    @Test
    void shouldFollowLinksToAllowedHostsOnly() {
        Mono<String> foreign = Mono.just("https://files.example.org/package.zip?sig=s1gnature");

        StepVerifier.create(
                        downloads.resumable(foreign, Set.of("blob.example.org")).bytes())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ContentException.class)
                        .hasMessageContaining("the host files.example.org is not allowed")
                        .hasMessageNotContaining("s1gnature"))
                .verify(PATIENCE);
        StepVerifier.create(downloads.resumable(Mono.empty(), Set.of()).to(directory.resolve("a")))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ContentException.class).hasMessageContaining("no link"))
                .verify(PATIENCE);
        assertThatIllegalArgumentException().isThrownBy(() -> download().allowHosts("a/b"));
        assertThat(server.connections()).isZero();
    }
}
