package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.sizes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Demand reaches the socket: what nobody asked for stays with the server. */
class DemandTest {

    private static final long LARGE = 24L * 1024 * 1024;
    private static final Answer STREAM =
            Answer.status(200).repeated(new byte[1024], LARGE / 1024).slowly(16_000, Duration.ZERO);
    private static final long READ_AHEAD_LIMIT = 1024 * 1024;

    private final AtomicReference<StepVerifier> later = new AtomicReference<>();

    private static ReactorNettyTransport trusting(FaultServer server, boolean tls) {
        TransportOptions.Builder options = TransportOptions.builder();
        return ReactorNettyTransport.create(
                (tls ? options.trustedCertificates(List.of(server.certificate())) : options).build());
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void shouldCostLittleToTakeFiveItemsOfALargeBody(boolean tls) throws Exception {
        try (FaultServer server = tls ? FaultServer.startTls() : FaultServer.start()) {
            server.answer(STREAM);
            ReactorNettyTransport transport = trusting(server, tls);
            StepVerifier.create(sizes(transport, get(server.uri("/"), Lane.BULK)), 5)
                    .expectNextCount(5)
                    // time for the server to fill every buffer there is
                    .thenAwait(Duration.ofMillis(500))
                    .thenCancel()
                    .verify(PATIENCE);
            await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
            assertThat(server.acceptedBytes()).isLessThan(READ_AHEAD_LIMIT);
            transport.closeLater().block(PATIENCE);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void shouldReadALargeBodyInFewLargeBuffers(boolean tls) throws Exception {
        try (FaultServer server = tls ? FaultServer.startTls() : FaultServer.start()) {
            server.answer(STREAM);
            ReactorNettyTransport transport = trusting(server, tls);
            List<Integer> sizes = sizes(transport, get(server.uri("/"), Lane.BULK))
                    .collectList()
                    .block(PATIENCE);
            assertThat(sizes.stream().mapToLong(Integer::longValue).sum()).isEqualTo(LARGE);
            assertThat(LARGE / sizes.size()).as("bytes a buffer").isGreaterThan(8 * 1024);
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldGiveOneBufferForEachUnit() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.answer(STREAM);
            ReactorNettyTransport transport = trusting(server, false);
            StepVerifier.create(sizes(transport, get(server.uri("/"))), 0)
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(200))
                    .thenRequest(1)
                    .expectNextCount(1)
                    .expectNoEvent(Duration.ofMillis(200))
                    .thenRequest(2)
                    .expectNextCount(2)
                    .expectNoEvent(Duration.ofMillis(200))
                    .thenCancel()
                    .verify(PATIENCE);
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldEmitOnTheEventLoopWhoeverAsks() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.answer(Answer.status(200).repeated(new byte[1024], 1024).chunked(1024));
            ReactorNettyTransport transport = trusting(server, false);
            AtomicBoolean elsewhere = new AtomicBoolean();
            Flux<Integer> exchange = transport.exchange(
                    get(server.uri("/")),
                    (head, body) -> body.map(bytes -> {
                        if (!Thread.currentThread().getName().startsWith("reactor-http")) {
                            elsewhere.set(true);
                        }
                        return bytes.remaining();
                    }));
            StepVerifier.create(exchange.publishOn(reactor.core.scheduler.Schedulers.parallel(), 1))
                    .thenConsumeWhile(size -> true)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(elsewhere).isFalse();
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldLetABodyBeReadOnce() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.answer(Answer.json("1"));
            ReactorNettyTransport transport = trusting(server, false);
            Flux<Integer> twice = transport.exchange(
                    get(server.uri("/")),
                    (head, body) -> body.map(ByteBuffer::remaining).concatWith(body.map(ByteBuffer::remaining)));
            StepVerifier.create(twice)
                    .expectNext(1)
                    .expectError(IllegalStateException.class)
                    .verify(PATIENCE);
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldNotDisturbTheNextUserOfItsConnectionWhenItLeavesLate() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            ReactorNettyTransport transport = ReactorNettyTransport.create(
                    TransportOptions.builder().bulkConnections(1).build());
            // all of it comes in one read, its end included: Reactor Netty gives the connection back at once
            server.enqueue(
                    Answer.status(200).body(new byte[40_000]).chunked(10_000).slowly(60_000, Duration.ZERO));
            server.enqueue(Answer.json("0123456789").slowly(1, Duration.ofMillis(50)));
            StepVerifier.create(sizes(transport, get(server.uri("/1"), Lane.BULK)), 1)
                    .expectNext(10_000)
                    .then(() -> {
                        StepVerifier second = StepVerifier.create(
                                        Exchanges.text(transport, get(server.uri("/2"), Lane.BULK)))
                                .expectNext("200 0123456789")
                                .expectComplete()
                                .verifyLater();
                        await().atMost(PATIENCE).until(() -> server.requests().size() == 2);
                        later.set(second);
                    })
                    .thenCancel()
                    .verify(PATIENCE);
            later.get().verify(PATIENCE);
            assertThat(server.connections()).isEqualTo(1);
            transport.closeLater().block(PATIENCE);
        }
    }
}
