package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.sizes;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.ConnectionSetupException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class ReactorNettyTransportTest {

    private final ReactorNettyTransport transport = ReactorNettyTransport.create();
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    @Test
    void shouldSendNothingBeforeSubscribeAndAnewAtEach() {
        server.answer(Answer.json("1"));
        Flux<String> exchange = text(transport, get(server.uri("/")));
        assertThat(server.requests()).isEmpty();
        for (int i = 1; i <= 10; i++) {
            StepVerifier.create(exchange).expectNext("200 1").expectComplete().verify(PATIENCE);
            assertThat(server.requests()).hasSize(i);
        }
        assertThat(server.connections()).as("connections are used again").isLessThan(10);
    }

    @Test
    void shouldSendTheUriAsItIs() {
        server.answer(Answer.json("1"));
        String uri = "/api/machines/findbyip(ip='10.0.0.1',timestamp=2026-01-01T00:00:00Z)/a%2Fb"
                + "?$filter=name%20eq%20%27it%27%27s%27&$top=5&x=(1),%C3%A4+'";
        StepVerifier.create(text(transport, get(server.uri(uri))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests().get(0).uri()).isEqualTo(uri);
    }

    @Test
    void shouldSendHeadersAndBodyAtEachSubscribe() {
        server.answer(Answer.status(204));
        ByteBuffer body = ByteBuffer.wrap("{\"Comment\":\"ä\"}".getBytes(StandardCharsets.UTF_8));
        TransportRequest request = new TransportRequest(
                "POST",
                server.uri("/api/x"),
                Map.of("Authorization", "Bearer t", "Content-Type", "application/json"),
                RequestBody.of(body),
                Lane.INTERACTIVE);
        Flux<String> exchange = text(transport, request);
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(exchange).expectNext("204 ").expectComplete().verify(PATIENCE);
        }
        assertThat(server.requests()).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.body()).isEqualTo("{\"Comment\":\"ä\"}");
            assertThat(seen.headers())
                    .containsEntry("authorization", "Bearer t")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("content-length", "16")
                    .containsEntry("accept-encoding", "gzip");
        });
        assertThat(request.toString()).doesNotContain("Bearer");
    }

    @Test
    void shouldSayThatABodyIsEmptyWhenThereIsNone() {
        server.answer(Answer.status(204));
        TransportRequest request = new TransportRequest("POST", server.uri("/api/x"), Map.of(), null, Lane.INTERACTIVE);
        StepVerifier.create(text(transport, request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests().get(0).headers()).containsEntry("content-length", "0");
    }

    /** The server must not be able to answer, and so to end the exchange, before the end of the body is known. */
    @Test
    void shouldSendTheLastPieceOfABodyWhenTheStreamHasEnded() {
        server.answer(Answer.json("1"));
        Sinks.Empty<ByteBuffer> end = Sinks.empty();
        RequestBody body = RequestBody.streamed(
                10,
                Flux.range(0, 10)
                        .map(i -> ByteBuffer.wrap(new byte[] {'x'}))
                        .concatWith(end.asMono())
                        .publishOn(Schedulers.parallel(), 1));
        TransportRequest request = new TransportRequest("POST", server.uri("/"), Map.of(), body, Lane.BULK);

        StepVerifier.create(text(transport, request))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .then(() -> assertThat(server.requests()).isEmpty())
                .then(end::tryEmitEmpty)
                .expectNext("200 1")
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(text(transport, request))
                .expectNext("200 1")
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.body()).isEqualTo("x".repeat(10)));
        assertThat(server.connections()).as("the connection is used again").isOne();
    }

    @Test
    void shouldHandOverStatusAndHeaders() {
        server.answer(Answer.status(403).header("Retry-After", "7").body("<html>"));
        Flux<String> exchange = transport.exchange(
                get(server.uri("/")),
                (head, body) -> Flux.just(head.status() + " " + head.header("retry-after") + " " + head.header("x")));
        StepVerifier.create(exchange).expectNext("403 7 null").expectComplete().verify(PATIENCE);
    }

    @Test
    void shouldNotFollowARedirect() {
        server.answer(Answer.status(302).header("Location", "/elsewhere"));
        StepVerifier.create(text(transport, get(server.uri("/a"))))
                .expectNext("302 ")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldReadAHeadWithoutABody() {
        server.answer(Answer.status(200).header("Content-Length", "500").header("Content-Encoding", "gzip"));
        TransportRequest request = new TransportRequest("HEAD", server.uri("/"), Map.of(), null, Lane.INTERACTIVE);
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(text(transport, request))
                    .expectNext("200 ")
                    .expectComplete()
                    .verify(PATIENCE);
        }
        // A connection returns to the pool a moment after the answer, so not each exchange meets it there.
        assertThat(server.connections()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.invalid/",
                "http://localhost.example.invalid/",
                "http://10.0.0.1/",
                "http://127.example.invalid/",
                "ftp://localhost/",
                "https:/nohost",
                "https://user:pw@localhost/"
            })
    void shouldRefuseAUriThatATokenMustNotGoTo(String uri) {
        StepVerifier.create(text(transport, get(URI.create(uri))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageNotContaining("pw"))
                .verify(PATIENCE);
    }

    @Test
    void shouldReachTheLoopbackByEachOfItsNames() {
        server.answer(Answer.json("1"));
        for (String name : List.of("localhost", "127.0.0.1", "LOCALHOST")) {
            URI uri = URI.create("http://" + name + ":" + server.port() + "/");
            StepVerifier.create(text(transport, get(uri)))
                    .expectNext("200 1")
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldRefuseAHeaderWithALineBreakWithoutRepeatingItsValue() {
        TransportRequest request = new TransportRequest(
                "GET", server.uri("/"), Map.of("Authorization", "Bearer geheim\r\nX-More: 1"), null, Lane.INTERACTIVE);
        StepVerifier.create(text(transport, request))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("Authorization");
                    assertThat(Assertions.catchThrowable(() -> {
                                throw error;
                            }))
                            .hasStackTraceContaining("Authorization");
                    assertThat(error.toString() + error.getCause()).doesNotContain("geheim");
                })
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldPassTheReadersErrorsThrough() {
        server.answer(Answer.json("1"));
        IllegalStateException signalled = new IllegalStateException("signalled");
        StepVerifier.create(transport.exchange(get(server.uri("/")), (head, body) -> Flux.error(signalled)))
                .expectErrorMatches(error -> error == signalled)
                .verify(PATIENCE);
        IllegalStateException thrown = new IllegalStateException("thrown");
        StepVerifier.create(transport.exchange(get(server.uri("/")), (head, body) -> {
                    throw thrown;
                }))
                .expectErrorMatches(error -> error == thrown)
                .verify(PATIENCE);
    }

    @Test
    void shouldKeepTheConnectionWhenTheReaderLeavesASmallBodyUnread() {
        server.answer(Answer.json("x".repeat(8_000)));
        Flux<Integer> exchange = transport.exchange(get(server.uri("/")), (head, body) -> Mono.just(head.status()));
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(exchange).expectNext(200).expectComplete().verify(PATIENCE);
            await().atMost(PATIENCE).until(() -> server.acceptedBytes() % 8_000 == 0);
        }
        assertThat(server.connections()).isLessThan(5);
    }

    @Test
    void shouldCloseTheConnectionWhenTheReaderLeavesALargeBodyUnread() {
        server.answer(Answer.status(200).repeated(new byte[1024], 4096));
        Flux<Integer> exchange = transport.exchange(get(server.uri("/")), (head, body) -> Mono.just(head.status()));
        StepVerifier.create(exchange).expectNext(200).expectComplete().verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldCloseTheConnectionOnCancelInTheMiddle() {
        server.answer(Answer.status(200).repeated(new byte[1024], 4096));
        StepVerifier.create(sizes(transport, get(server.uri("/"))), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldCloseTheConnectionOnCancelBeforeTheHead() {
        server.answer(Answer.nothing(Answer.Ending.STALL));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .thenAwait(java.time.Duration.ofMillis(1))
                .then(() ->
                        await().atMost(PATIENCE).until(() -> !server.requests().isEmpty()))
                .thenCancel()
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldLetASmallCallPassWhileStreamsPause() {
        server.answer(request -> request.uri().equals("/small")
                ? Answer.json("1")
                : Answer.status(200).repeated(new byte[1024], 4096));
        ReactorNettyTransport narrow = ReactorNettyTransport.create(TransportOptions.builder()
                .bulkConnections(2)
                .interactiveConnections(1)
                .build());
        for (int i = 0; i < 2; i++) {
            sizes(narrow, get(server.uri("/large"), Lane.BULK))
                    .subscribe(new reactor.core.publisher.BaseSubscriber<>() {
                        @Override
                        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                            subscription.request(1);
                        }
                    });
        }
        await().atMost(PATIENCE).until(() -> server.requests().size() == 2);
        StepVerifier.create(text(narrow, get(server.uri("/small"))))
                .expectNext("200 1")
                .expectComplete()
                .verify(PATIENCE);
        narrow.closeLater().block(PATIENCE);
    }

    @Test
    void shouldTrustAGivenCertificate(@TempDir Path directory) throws Exception {
        try (FaultServer secure = FaultServer.startTls()) {
            secure.answer(Answer.json("1"));
            Path pem = Files.writeString(directory.resolve("ca.pem"), secure.certificatePem());
            ReactorNettyTransport trusting = ReactorNettyTransport.create(
                    TransportOptions.builder().trustedCertificates(pem).build());
            for (String host : List.of("localhost", "127.0.0.1")) {
                URI uri = URI.create("https://" + host + ":" + secure.port() + "/");
                StepVerifier.create(text(trusting, get(uri)))
                        .expectNext("200 1")
                        .expectComplete()
                        .verify(PATIENCE);
            }
            trusting.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldNotTrustAnUnknownCertificate() throws Exception {
        try (FaultServer secure = FaultServer.startTls()) {
            StepVerifier.create(text(transport, get(secure.uri("/"))))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ConnectionSetupException.class)
                            .hasMessageContaining("TLS handshake with localhost"))
                    .verify(PATIENCE);
            assertThat(secure.requests()).isEmpty();
        }
    }

    @Test
    void shouldNotTrustACertificateForAnotherName() throws Exception {
        try (FaultServer secure = FaultServer.startTls("other.example")) {
            ReactorNettyTransport trusting = ReactorNettyTransport.create(TransportOptions.builder()
                    .trustedCertificates(List.of(secure.certificate()))
                    .build());
            StepVerifier.create(text(trusting, get(secure.uri("/"))))
                    .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(ConnectionSetupException.class))
                    .verify(PATIENCE);
            assertThat(secure.requests()).isEmpty();
            trusting.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldRefuseAPemFileWithoutACertificate(@TempDir Path directory) throws Exception {
        Path pem = Files.writeString(directory.resolve("empty.pem"), "\n");
        Assertions.assertThatThrownBy(() -> TransportOptions.builder().trustedCertificates(pem))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void shouldFailWhenClosed() {
        ReactorNettyTransport closed = ReactorNettyTransport.create();
        StepVerifier.create(closed.closeLater()).expectComplete().verify(PATIENCE);
        assertThat(closed.isDisposed()).isTrue();
        server.answer(Answer.json("1"));
        StepVerifier.create(text(closed, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ClientClosedException.class,
                                e -> assertThat(e.requestSent()).isFalse()))
                .verify(PATIENCE);
    }
}
