package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Pages over real connections: breaks, long pauses, cancels. */
class PagedWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 20_000;

    private final RowService service = new RowService(50_000, PAGE);
    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(request -> request.uri().startsWith("/api/rows/")
                ? Answer.json("{\"id\":\"one\"}")
                : Answer.json(service.page(query(request.uri()))));
        transport = ReactorNettyTransport.create(TransportOptions.builder()
                .bulkConnections(2)
                .interactiveConnections(2)
                .readTimeout(Duration.ofMillis(600))
                .responseTimeout(Duration.ofSeconds(5))
                .idleTimeout(Duration.ofSeconds(2))
                .evictionInterval(Duration.ofMillis(200))
                .build());
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    @Test
    void shouldReadAllPagesInOrder() {
        StepVerifier.create(rows().collectList())
                .assertNext(rows -> assertThat(rows).isEqualTo(service.rows()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(3);
        // The next page is asked for in the moment the one before ends, when its connection is not free yet.
        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 1_000, 100_000, 250_000})
    void shouldGoOnBehindAReset(int bytes) {
        server.enqueue(Answer.json(service.page(null)).breakAfter(bytes, Answer.Ending.RESET));

        StepVerifier.create(rows().collectList())
                .assertNext(rows -> assertThat(rows).isEqualTo(service.rows()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldGoOnBehindAConnectionThatStalls() {
        server.enqueue(Answer.json(service.page(null)).breakAfter(100_000, Answer.Ending.STALL));

        StepVerifier.create(rows().collectList())
                .assertNext(rows -> assertThat(rows).isEqualTo(service.rows()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldGoOnAfterAPauseLongerThanEveryTimeoutWhileOtherCallsRun() {
        Pipeline pipeline = pipeline().pauseAfter(Duration.ofMillis(200)).build();
        PagedFlux<Row> rows = pipeline.paged(Row.LIST_UNLIMITED.call().build());
        Mono<Long> others = Flux.range(0, 50)
                .flatMap(i -> pipeline.single(Row.GET.call().path("id", "x" + i).build()), 8)
                .count();

        StepVerifier.create(rows, 5)
                .expectNextSequence(service.rows().subList(0, 5))
                .then(() -> Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0))
                .thenAwait(Duration.ofMillis(1500))
                .then(() -> StepVerifier.create(others)
                        .expectNext(50L)
                        .expectComplete()
                        .verify(PATIENCE))
                .thenRequest(3)
                .expectNextSequence(service.rows().subList(5, 8))
                .thenAwait(Duration.ofMillis(1500))
                .thenRequest(Long.MAX_VALUE)
                .expectNextSequence(service.rows().subList(8, 50_000))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldLeaveNothingBehindAtAnyPointOfCancel() {
        for (int taken : List.of(0, 1, 2, 500, 4_999, 19_999, 20_000, 20_001, 45_000)) {
            StepVerifier.create(rows(), taken)
                    .expectSubscription()
                    .expectNextCount(taken)
                    .thenCancel()
                    .verify(PATIENCE);
        }

        Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldServeManySlowConsumersOverFewConnections() {
        Flux<Long> consumers = Flux.range(0, 6)
                .flatMap(i ->
                        rows().publishOn(Schedulers.parallel(), 1 + 100 * i).count());

        StepVerifier.create(consumers)
                .expectNext(50_000L, 50_000L, 50_000L, 50_000L, 50_000L, 50_000L)
                .expectComplete()
                .verify(Duration.ofSeconds(60));
    }

    private PagedFlux<Row> rows() {
        return pipeline().build().paged(Row.LIST_UNLIMITED.call().build());
    }

    private PipelineBuilder pipeline() {
        return Pipelines.over(transport).apiRoot(server.uri("/api"));
    }

    private static String query(String uri) {
        return URI.create(uri).getRawQuery();
    }
}
