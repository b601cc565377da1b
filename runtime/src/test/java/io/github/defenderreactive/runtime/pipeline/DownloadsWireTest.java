package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
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

    /** Returns the stored object, or the requested part of it, and breaks the first response. */
    private Answer broken(FaultServer.Request request, byte[] content, boolean ranges) {
        boolean first = server.requests().size() == 1;
        String range = first || !ranges ? null : request.headers().get("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        byte[] part = Arrays.copyOfRange(content, from, content.length);
        Answer answer = Answer.status(from == 0 ? 200 : 206).header("ETag", "\"0x8D\"");
        if (from > 0) {
            answer =
                    answer.header("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        return first ? answer.body(part).breakAfter(content.length / 2, Answer.Ending.CLOSE) : answer.body(part);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldContinueAfterTheLastByteOfAnInterruptedDownload(boolean ranges) {
        byte[] content = content(400_000);
        server.answer(request -> broken(request, content, ranges));

        StepVerifier.create(collected(link()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, content))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(0).headers()).doesNotContainKeys("Range", "If-Range");
        assertThat(server.requests().get(1).headers())
                .containsEntry("If-Range", "\"0x8D\"")
                .hasEntrySatisfying("Range", range -> assertThat(range).matches("bytes=[1-9]\\d*-"));
    }

    @ParameterizedTest
    @CsvSource({"W/0x8D, 200, 1", "\"0x8D\", 200, 2", "\"0x8D\", 206, 2", "\"0x8D\", 416, 2"})
    void shouldNotContinueAnotherObject(String tag, int status, int requests) {
        byte[] content = content(400_000);
        server.enqueue(stored(content).header("ETag", tag).breakAfter(200_000, Answer.Ending.CLOSE));
        server.answer(Answer.status(status).header("ETag", "\"0x9E\"").body(content));

        StepVerifier.create(collected(link()))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void shouldGiveEveryByteAndSendNoToken() {
        byte[] content = content(3_000_000);
        server.answer(stored(content));

        StepVerifier.create(collected(link()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, content))
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
    void shouldWriteAnEmptyFileWhereThatIsAllowed() {
        server.answer(stored(new byte[0]));
        Path file = directory.resolve("empty");

        StepVerifier.create(downloads.allowEmpty().to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(downloads.allowEmpty().bytes(link()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).isEmptyFile();
    }

    @Test
    void shouldRequestAgainWhatCameEmpty() {
        byte[] content = content(10);
        server.enqueue(stored(new byte[0]), Answer.status(200).chunked(5));
        server.answer(stored(content));
        Path file = directory.resolve("package.zip");

        StepVerifier.create(downloads.to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(file).hasBinaryContent(content);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTakeNothingForTheContent(boolean toFile) throws IOException {
        server.answer(stored(new byte[0]));
        Path file = Files.writeString(directory.resolve("package.zip"), "old");

        StepVerifier.create(toFile ? downloads.to(link(), file) : downloads.bytes(link()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionException.class)
                        .hasMessageContaining("/files/part-0.json.gz")
                        .hasMessageContaining("empty response")
                        .hasMessageNotContaining(SIGNATURE))
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(4);
        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly("package.zip");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 204, 205, 206})
    void shouldTakeNoOtherSuccessForTheContent(int status) {
        Answer answer = Answer.status(status).header("Content-Range", "bytes 0-2/100");
        server.answer(status == 204 ? answer : answer.body("abc"));

        StepVerifier.create(collected(link()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ContentException.class,
                                failure -> assertThat(failure.status()).isEqualTo(status))
                        .hasMessageContaining("the complete content"))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    /** A page to sign in to a network, or of a proxy, comes with status 200. */
    @Test
    void shouldNotTakeAPageForTheContent() {
        Answer page = Answer.status(200)
                .header("Content-Type", "text/html; charset=utf-8")
                .body("<html>");
        server.enqueue(page);
        server.enqueue(page.header("x-ms-blob-type", "BlockBlob"));

        StepVerifier.create(collected(link()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ContentException.class).hasMessageContaining("HTML"))
                .verify(PATIENCE);
        StepVerifier.create(collected(link()))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "x-own", "gzip, br"})
    void shouldGiveTheBytesAsTheyAreStored(String coding) {
        byte[] content = content(50_000);
        server.answer(stored(content).header("Content-Encoding", coding));

        StepVerifier.create(collected(link()))
                .expectNextMatches(bytes -> Arrays.equals(bytes, content))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests().get(0).headers()).containsEntry("Accept-Encoding", "identity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/a b/[c]|d.zip?sig=x%2By=&n=a b => /a%20b/%5Bc%5D%7Cd.zip?sig=x%2By=&n=a%20b",
                "/ü.zip?n=日本&q=\"x\" => /%C3%BC.zip?n=%E6%97%A5%E6%9C%AC&q=%22x%22",
                "/100%.zip?a=5%&b=%zz => /100%25.zip?a=5%25&b=%25zz",
                "/%１２?a=%１２ => /%25%EF%BC%91%EF%BC%92?a=%25%EF%BC%91%EF%BC%92",
                "/x?rscd=attachment; filename={a}^`.zip => /x?rscd=attachment;%20filename=%7Ba%7D%5E%60.zip",
                "/a%20b%5b?sig=%2b%2F => /a%20b%5b?sig=%2b%2F",
                "/x?a=[1]\\&sig=~(!)*' => /x?a=[1]%5C&sig=~(!)*'",
                "?sig=x y => /?sig=x%20y",
                "/x?sig=y#z => /x?sig=y"
            })
    void shouldEncodeOnlyWhatALinkCannotHold(String link, String target) {
        server.answer(stored(content(10)));

        StepVerifier.create(collected(server.uri("") + link))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).extracting(FaultServer.Request::uri).containsExactly(target);
    }

    @Test
    void shouldNotWaitLongerThanTheDeadlineLeaves() {
        server.answer(Answer.status(503).header("Retry-After", "86400"));

        StepVerifier.create(collected(link()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceException.class)
                        .hasMessageContaining("PT24H")
                        .hasMessageContaining("deadline of PT1M"))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldBoundTheTimeToTheFirstByte() {
        downloads = downloads.withDeadline(Duration.ofMillis(300));
        for (Answer answer : List.of(
                Answer.nothing(Answer.Ending.STALL),
                stored(content(1_000)).breakAfter(0, Answer.Ending.STALL),
                Answer.nothing(Answer.Ending.STALL).raw("HTTP/1.1 103 -\r\n\r\n"))) {
            server.answer(answer);
            for (Publisher<?> download :
                    List.of(downloads.bytes(link()), downloads.to(link(), directory.resolve("x")))) {
                StepVerifier.create(download)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOfSatisfying(
                                        CallTimeoutException.class,
                                        late -> assertThat(late.phase())
                                                .isEqualTo(CallTimeoutException.Phase.DEADLINE)))
                        .verify(PATIENCE);
            }
        }
        await().atMost(PATIENCE).until(() -> files().isEmpty() && server.openConnections() == 0);
    }

    /** Neither a slow reader nor a slow storage is cut off once bytes come. */
    @Test
    void shouldNotBoundTheTimeBetweenBytes() {
        server.answer(stored(content(10)).slowly(2, Duration.ofMillis(150)));

        StepVerifier.create(downloads
                        .withDeadline(Duration.ofMillis(500))
                        .bytes(link())
                        .reduce(0, (sum, bytes) -> sum + bytes.remaining()))
                .expectNext(10)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(downloads.withDeadline(Duration.ofMillis(500)).bytes(link()), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(700))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(bytes -> true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void shouldRefuseADeadlineThatIsNotPositive(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> downloads.withDeadline(Duration.ofMillis(millis)))
                .withMessageContaining("deadline must be positive, was PT");
    }

    private void verifyWritten(Path file) {
        StepVerifier.create(downloads.to(link(), file))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldWriteThroughALink() throws IOException {
        byte[] content = content(1_000);
        server.answer(stored(content));
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("folder/real"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("folder/new"));
        Path twice = Files.createSymbolicLink(directory.resolve("twice"), Path.of("link"));

        for (Path file : List.of(link, dangling, twice)) {
            verifyWritten(file);
            assertThat(file).isSymbolicLink().hasBinaryContent(content);
        }
        assertThat(real).isRegularFile().hasBinaryContent(content);
        assertThat(folder.resolve("new")).hasBinaryContent(content);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("real", "new");
        assertThat(files()).containsExactlyInAnyOrder("folder", "link", "dangling", "twice");
    }

    @Test
    void shouldRefuseALinkToItself() throws IOException {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        StepVerifier.create(downloads.to(link(), loop))
                .expectError(ContentException.class)
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldWriteIntoAFifoAndLeaveItThere() throws Exception {
        byte[] content = content(200_000);
        server.answer(stored(content));
        Path fifo = directory.resolve("fifo");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try (InputStream in = Files.newInputStream(fifo)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        verifyWritten(fifo);

        assertThat(read).succeedsWithin(PATIENCE).isEqualTo(content);
        assertThat(Files.readAttributes(fifo, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(files()).containsExactly("fifo");
    }

    @Test
    void shouldNotRepeatWhatWentIntoAFifo() throws Exception {
        server.answer(stored(content(300_000)).breakAfter(150_000, Answer.Ending.RESET));
        Path fifo = directory.resolve("fifo");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {
            try (InputStream in = Files.newInputStream(fifo)) {
                in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        StepVerifier.create(downloads.to(link(), fifo))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);

        assertThat(read).succeedsWithin(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRefuseADirectory() {
        StepVerifier.create(downloads.to(link(), directory))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ContentException.class).hasMessageContaining("is a directory"))
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldKeepThePermissionsOfAFileAndGiveNoneToOthersForANewOne() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        server.answer(stored(content(10)));
        Path old = Files.writeString(directory.resolve("old"), "old");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-xr--"));
        Path fresh = directory.resolve("fresh");

        verifyWritten(old);
        verifyWritten(fresh);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-r-xr--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldWriteAFileWhoseNameIsAsLongAsItCanBe() throws IOException {
        server.answer(stored(content(10)));

        verifyWritten(directory.resolve("x".repeat(250)));

        assertThat(files()).containsExactly("x".repeat(250));
    }

    /** As a command is when a signal ends it. */
    @Test
    void shouldHaveDeletedWhatWasWrittenWhenTheCancelReturns() throws IOException {
        server.answer(stored(content(1_000_000)).slowly(64 * 1024, Duration.ofMillis(20)));
        Disposable running =
                downloads.to(link(), directory.resolve("package.zip")).subscribe();
        await().atMost(PATIENCE).until(() -> written() > 0);

        running.dispose();

        assertThat(files()).isEmpty();
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

    /** At any moment: before the file is made, while it is made or written, and when it is put into its place. */
    @Test
    void shouldLeaveNothingBesideTheFileWheneverItIsCancelled() throws IOException {
        server.answer(stored(content(100_000)));
        Path file = directory.resolve("package.zip");
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            Disposable running = downloads.to(link(), file).subscribe();
            for (int spin = random.nextInt(300_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            running.dispose();
        }

        await().atMost(PATIENCE).until(() -> files().stream().allMatch("package.zip"::equals));
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> files().size() <= 1);
        if (Files.exists(file)) {
            assertThat(file).hasBinaryContent(content(100_000));
        }
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

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
