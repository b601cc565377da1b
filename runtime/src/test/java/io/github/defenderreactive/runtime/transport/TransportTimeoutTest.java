package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.sizes;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.CallTimeoutException.Phase;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class TransportTimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(400);

    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    private void options(Consumer<TransportOptions.Builder> change) {
        TransportOptions.Builder builder = TransportOptions.builder();
        change.accept(builder);
        transport = ReactorNettyTransport.create(builder.build());
    }

    private static Consumer<Throwable> timeout(Phase phase) {
        return error -> assertThat(error).isInstanceOfSatisfying(CallTimeoutException.class, e -> {
            assertThat(e.phase()).isEqualTo(phase);
            assertThat(e.limit()).isEqualTo(SHORT);
        });
    }

    @Test
    void shouldLimitTheWaitForAConnection() {
        options(builder -> builder.interactiveConnections(1).acquireTimeout(SHORT));
        server.answer(Answer.nothing(Ending.STALL));
        Disposable holder = text(transport, get(server.uri("/"))).subscribe();
        await().atMost(PATIENCE).until(() -> server.requests().size() == 1);
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(timeout(Phase.ACQUIRE))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
        holder.dispose();
    }

    @Test
    void shouldLimitHowManyWait() {
        options(builder -> builder.interactiveConnections(1).maxPending(1));
        server.answer(Answer.nothing(Ending.STALL));
        Disposable holder = text(transport, get(server.uri("/"))).subscribe();
        await().atMost(PATIENCE).until(() -> server.requests().size() == 1);
        Disposable waiting = text(transport, get(server.uri("/"))).subscribe();
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isFalse()))
                .verify(PATIENCE);
        waiting.dispose();
        holder.dispose();
    }

    @Test
    void shouldLimitTheConnect() throws Exception {
        options(builder -> builder.connectTimeout(SHORT));
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<java.net.Socket> queued = new ArrayList<>();
            try {
                fill(full, queued);
                URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
                StepVerifier.create(text(transport, get(uri)))
                        .expectErrorSatisfies(timeout(Phase.CONNECT))
                        .verify(PATIENCE);
            } finally {
                for (java.net.Socket socket : queued) {
                    socket.close();
                }
            }
        }
    }

    /** Connects until the kernel takes no more, because nobody accepts. */
    private static void fill(ServerSocket server, List<java.net.Socket> queued) throws IOException {
        for (int i = 0; i < 16; i++) {
            java.net.Socket socket = new java.net.Socket();
            queued.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void shouldLimitTheTlsHandshake() throws Exception {
        options(builder -> builder.tlsTimeout(SHORT));
        try (FaultServer mute = FaultServer.startMute()) {
            StepVerifier.create(text(transport, get(URI.create("https://localhost:" + mute.port() + "/"))))
                    .expectErrorSatisfies(timeout(Phase.TLS))
                    .verify(PATIENCE);
        }
    }

    @Test
    void shouldLimitTheWaitForTheHead() {
        options(builder -> builder.responseTimeout(SHORT));
        server.answer(Answer.nothing(Ending.STALL));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(timeout(Phase.RESPONSE))
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldLimitTheGapBetweenReads() {
        options(builder -> builder.readTimeout(SHORT));
        server.answer(Answer.json("x".repeat(1_000)).breakAfter(500, Ending.STALL));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(timeout(Phase.READ))
                .verify(PATIENCE);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldNotCutABodyThatDripsLongerThanTheLimit() {
        options(builder -> builder.readTimeout(SHORT).responseTimeout(SHORT));
        server.answer(Answer.json("x".repeat(12)).slowly(1, Duration.ofMillis(100)));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 " + "x".repeat(12))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldNotCutAConsumerThatPausesLongerThanTheLimit() {
        options(builder -> builder.readTimeout(SHORT).responseTimeout(SHORT));
        server.answer(Answer.status(200).repeated(new byte[1024], 2048));
        StepVerifier.create(
                        transport.exchange(get(server.uri("/")), (head, body) -> body.map(ByteBuffer::remaining)), 0)
                .expectSubscription()
                .thenAwait(SHORT.multipliedBy(3))
                .thenRequest(3)
                .expectNextCount(3)
                .thenAwait(SHORT.multipliedBy(3))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(size -> true)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void shouldCountTheGapAnewAfterAPause() {
        options(builder -> builder.readTimeout(SHORT));
        server.answer(Answer.json("x".repeat(1_000)).breakAfter(500, Ending.STALL));
        StepVerifier.create(sizes(transport, get(server.uri("/"))), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .thenAwait(SHORT.multipliedBy(2))
                .thenRequest(1)
                .expectErrorSatisfies(timeout(Phase.READ))
                .verify(PATIENCE);
    }

    @Test
    void shouldCloseIdleConnections() {
        options(builder -> builder.idleTimeout(SHORT).evictionInterval(Duration.ofMillis(100)));
        server.answer(Answer.json("1"));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.openConnections()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }
}
