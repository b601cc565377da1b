package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipelines;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.pipeline.RowService;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What demand costs: pages, chunks, stack. */
class PageDemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "9,1", "10,1", "11,2", "20,2", "25,3", "30,3"})
    void shouldAskForExactlyThePagesThatDemandNeeds(long demand, int pages) {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(30, 10));

        StepVerifier.create(rows(transport), demand)
                .expectSubscription()
                .expectNextCount(demand)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(pages);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "10,1", "11,2", "25,3"})
    void shouldAskForExactlyThePagesThatDemandNeedsByOffset(long demand, int pages) {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(30, 10));

        StepVerifier.create(rows(transport).pageSize(10), demand)
                .expectSubscription()
                .expectNextCount(demand)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(pages);
    }

    @Test
    void shouldCompleteBehindTheLastItemWithoutFurtherDemand() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));

        StepVerifier.create(rows(transport), 25).expectNextCount(25).verifyComplete();

        assertThat(transport.calls()).isEqualTo(3);
    }

    @Test
    void shouldGoOnWithEveryRequestOfOne() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));
        List<Row> seen = new ArrayList<>();
        AtomicReference<String> end = new AtomicReference<>();
        BaseSubscriber<Row> one = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Row row) {
                seen.add(row);
                request(1);
            }

            @Override
            protected void hookOnComplete() {
                end.set("complete");
            }
        };

        rows(transport).subscribe(one);

        assertThat(seen).isEqualTo(RowService.rows(0, 25));
        assertThat(end).hasValue("complete");
    }

    @Test
    void shouldReadOnlyTheChunksThatDemandNeeds() {
        RowService service = new RowService(10_000, 10_000);
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> service.apply(request).chunks(256));

        StepVerifier.create(unlimited(transport), 5)
                .expectNextCount(5)
                .thenCancel()
                .verify(PATIENCE);

        // An item takes 14 bytes, so the five lie in the first chunk; one more is read to learn whether the page ends.
        assertThat(transport.chunksRead()).isLessThanOrEqualTo(2);
        assertThat(transport.cancels()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReadAheadAtMostThePagesAllowed(int pages) {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(100, 10));

        StepVerifier.create(rows(transport).prefetchPages(pages), 0)
                .expectSubscription()
                .then(() -> assertThat(transport.calls()).isZero())
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(transport.calls()).isEqualTo(1 + pages))
                .thenRequest(9)
                .expectNextCount(9)
                .then(() -> assertThat(transport.calls()).isEqualTo(1 + pages))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(transport.calls()).isEqualTo(2 + pages))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(89)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(10);
    }

    @Test
    void shouldGiveWholePagesUnderTheirOwnDemand() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));

        StepVerifier.create(rows(transport).byPage(), 0)
                .expectSubscription()
                .then(() -> assertThat(transport.calls()).isZero())
                .thenRequest(1)
                .assertNext(page -> {
                    assertThat(page.items()).isEqualTo(RowService.rows(0, 10));
                    assertThat(page.next()).isNotNull();
                })
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .thenRequest(2)
                .assertNext(page -> assertThat(page.items()).isEqualTo(RowService.rows(10, 20)))
                .assertNext(page -> {
                    assertThat(page.items()).isEqualTo(RowService.rows(20, 25));
                    assertThat(page.next()).isNull();
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldReadAheadOfWholePages() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(45, 10));

        StepVerifier.create(rows(transport).prefetchPages(1).byPage(), 1)
                .expectNextCount(1)
                .then(() -> assertThat(transport.calls()).isEqualTo(2))
                .thenRequest(4)
                .expectNextCount(4)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(5);
    }

    @Test
    void shouldWalkAHundredThousandPagesOnASmallStack() throws Exception {
        ScriptedTransport transport =
                ScriptedTransport.serving(new RowService(100_000, 1)).forgetful();
        CompletableFuture<Long> count = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> unlimited(transport).count().subscribe(count::complete, count::completeExceptionally),
                "small-stack",
                160 << 10);

        small.start();

        assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(100_000);
        assertThat(transport.calls()).isEqualTo(100_000);
    }

    @Test
    void shouldDeliverAMillionItemsOneByOneOnASmallStack() throws Exception {
        String page = RowService.envelope(RowService.rows(0, 1_000_000), null);
        ScriptedTransport transport =
                ScriptedTransport.of(ScriptedTransport.Answer.ok(page).chunks(8192));
        CompletableFuture<Long> count = new CompletableFuture<>();
        AtomicLong seen = new AtomicLong();
        Thread small = new Thread(
                null,
                () -> unlimited(transport).subscribe(new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        request(1);
                    }

                    @Override
                    protected void hookOnNext(Row row) {
                        seen.incrementAndGet();
                        request(1);
                    }

                    @Override
                    protected void hookOnComplete() {
                        count.complete(seen.get());
                    }

                    @Override
                    protected void hookOnError(Throwable error) {
                        count.completeExceptionally(error);
                    }
                }),
                "small-stack",
                160 << 10);

        small.start();

        assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(1_000_000);
    }

    @Test
    void shouldDeliverAllInOrderWhenDemandAndChunksComeFromDifferentThreads() {
        RowService service = new RowService(20_000, 1000);
        Scheduler wire = Schedulers.newSingle("wire");
        Scheduler consumer = Schedulers.newSingle("consumer");
        try {
            ScriptedTransport transport = ScriptedTransport.serving(
                    request -> service.apply(request).chunks(100).on(wire));

            StepVerifier.create(unlimited(transport)
                            .publishOn(consumer, 7)
                            .map(Row::id)
                            .collectList())
                    .assertNext(ids -> assertThat(ids)
                            .containsExactlyElementsOf(
                                    service.rows().stream().map(Row::id).toList()))
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            wire.dispose();
            consumer.dispose();
        }
    }

    @Test
    void shouldKeepOrderAndCountUnderRandomDemandFromOtherThreads() {
        Random random = new Random(7);
        Scheduler wire = Schedulers.newSingle("wire");
        Scheduler consumer = Schedulers.newSingle("consumer");
        try {
            for (int round = 0; round < 300; round++) {
                RowService service = new RowService(random.nextInt(60), 7);
                int chunk = 1 + random.nextInt(200);
                int demand = 1 + random.nextInt(9);
                int wanted = random.nextInt(80);
                ScriptedTransport transport = ScriptedTransport.serving(
                        request -> service.apply(request).chunks(chunk).on(wire));

                StepVerifier.create(unlimited(transport)
                                .prefetchPages(round % 3)
                                .publishOn(consumer, demand)
                                .take(wanted))
                        .expectNextSequence(service.rows()
                                .subList(0, Math.min(wanted, service.rows().size())))
                        .expectComplete()
                        .verify(PATIENCE);
            }
        } finally {
            wire.dispose();
            consumer.dispose();
        }
    }

    @Test
    void shouldStopAtEveryPointOfCancel() {
        for (int taken = 0; taken <= 25; taken++) {
            ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));

            StepVerifier.create(rows(transport), taken)
                    .expectSubscription()
                    .expectNextCount(taken)
                    .thenCancel()
                    .verify(PATIENCE);

            assertThat(transport.calls()).isEqualTo((taken + 9) / 10);
        }
    }

    @Test
    void shouldRefuseDemandThatIsNotPositive() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));
        AtomicReference<Throwable> error = new AtomicReference<>();

        rows(transport).subscribe(new reactor.core.CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(0);
            }

            @Override
            public void onNext(Row row) {
                error.set(new AssertionError("Nothing was asked for"));
            }

            @Override
            public void onError(Throwable failure) {
                error.set(failure);
            }

            @Override
            public void onComplete() {
                error.set(new AssertionError("Must fail"));
            }
        });

        assertThat(error.get()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3.9");
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldWalkAnewForEachSubscriber() {
        ScriptedTransport transport = ScriptedTransport.serving(new RowService(25, 10));
        Flux<Row> rows = rows(transport);

        StepVerifier.create(rows).expectNextCount(25).expectComplete().verify(PATIENCE);
        StepVerifier.create(rows).expectNextCount(25).expectComplete().verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(6);
    }

    private static PagedFlux<Row> rows(ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(Row.LIST.call().build());
    }

    private static PagedFlux<Row> unlimited(ScriptedTransport transport) {
        return Pipelines.over(transport).build().paged(Row.LIST_UNLIMITED.call().build());
    }
}
