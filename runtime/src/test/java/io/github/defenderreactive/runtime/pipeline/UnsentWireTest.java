package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.transport.HttpProxy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A deadline that ends an action before anything was sent, and one that ends it behind, over sockets. */
class UnsentWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMillis(400);
    private static final Call<Row> CREATE = Row.CREATE.call().body(new Row("n")).build();
    private static final Call<Void> TOUCH = Row.TOUCH.call().path("id", "1").build();

    @AutoClose
    private final FaultServer server = FaultServer.start();

    private static Pipeline over(ReactorNettyTransport transport, URI root) {
        return Pipelines.over(transport).apiRoot(root).deadline(LIMIT).build();
    }

    private static void shouldNotBeSent(Pipeline pipeline) {
        shouldNotBeSent(pipeline.single(CREATE));
        shouldNotBeSent(pipeline.empty(TOUCH));
        shouldNotBeSent(pipeline.paged(Row.IMPORT.call().body(new Row("n")).build()));
    }

    private static void shouldNotBeSent(Publisher<?> action) {
        StepVerifier.create(action)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                CallTimeoutException.class,
                                timeout -> assertThat(timeout.phase()).isEqualTo(CallTimeoutException.Phase.DEADLINE))
                        .hasMessageContaining("nothing was sent that the service may have executed"))
                .verify(PATIENCE);
    }

    /** Nobody accepts, and the queue of the system is full: a connect gets no response. */
    @Test
    void shouldBeATimeoutWhileTheConnectionIsMade() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel one = connect(full);
                SocketChannel two = connect(full);
                SocketChannel three = connect(full)) {
            ReactorNettyTransport transport = ReactorNettyTransport.create();
            shouldNotBeSent(over(transport, URI.create("http://127.0.0.1:" + full.getLocalPort() + "/api")));
            transport.dispose();
        }
    }

    private static SocketChannel connect(ServerSocket to) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(to.getLocalSocketAddress());
        return channel;
    }

    @Test
    void shouldBeATimeoutDuringTheHandshake() throws Exception {
        try (FaultServer mute = FaultServer.startMute()) {
            ReactorNettyTransport transport = ReactorNettyTransport.create();
            shouldNotBeSent(over(transport, URI.create("https://localhost:" + mute.port() + "/api")));
            transport.dispose();
        }
    }

    @Test
    void shouldBeATimeoutWhileTheProxyIsSilent() throws Exception {
        try (FaultServer mute = FaultServer.startMute()) {
            ReactorNettyTransport transport = ReactorNettyTransport.create(TransportOptions.builder()
                    .proxy(HttpProxy.of("127.0.0.1", mute.port()))
                    .build());
            shouldNotBeSent(over(transport, URI.create("https://api.example/api")));
            transport.dispose();
        }
    }

    @Test
    void shouldBeATimeoutWhileAllConnectionsAreInUse() {
        server.answer(Answer.nothing(Ending.KEEP));
        ReactorNettyTransport transport = ReactorNettyTransport.create(TransportOptions.builder()
                .interactiveConnections(1)
                .bulkConnections(1)
                .build());
        Pipeline patient = Pipelines.over(transport).apiRoot(server.uri("/api")).build();
        Disposable first = patient.single(CREATE).subscribe();
        Disposable read = patient.paged(Row.LIST.call().build()).subscribe();

        shouldNotBeSent(patient.withDeadline(LIMIT));
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
        first.dispose();
        read.dispose();
        transport.dispose();
    }

    @Test
    void shouldBeATimeoutWhileTheTokenIsRequested() {
        ReactorNettyTransport transport = ReactorNettyTransport.create();
        shouldNotBeSent(Pipelines.over(transport)
                .apiRoot(server.uri("/api"))
                .authorization(TokenCache.of(request -> Mono.never()), "scope")
                .deadline(LIMIT)
                .build());
        assertThat(server.requests()).isEmpty();
        transport.dispose();
    }

    @Test
    void shouldNotKnowTheOutcomeOnceTheRequestWasSent() {
        server.answer(Answer.nothing(Ending.KEEP));
        ReactorNettyTransport transport = ReactorNettyTransport.create();

        StepVerifier.create(Pipelines.over(transport)
                        .apiRoot(server.uri("/api"))
                        .deadline(Duration.ofSeconds(2))
                        .build()
                        .single(CREATE))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(OutcomeUnknownException.class)
                        .cause()
                        .isInstanceOf(CallTimeoutException.class))
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
        transport.dispose();
    }

    @Test
    void shouldNotKnowTheOutcomeWhenTheResponseStopsHalfway() {
        server.answer(Answer.json("{\"id\":\"x\"}").breakAfter(4, Ending.KEEP));
        ReactorNettyTransport transport = ReactorNettyTransport.create();

        StepVerifier.create(Pipelines.over(transport)
                        .apiRoot(server.uri("/api"))
                        .deadline(Duration.ofSeconds(2))
                        .build()
                        .single(CREATE))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        transport.dispose();
    }
}
