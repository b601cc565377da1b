package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class FairMergeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void shouldTakeTurns() {
        List<String> items = new ArrayList<>();
        BaseSubscriber<String> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // requests below, when every source has items
            }

            @Override
            protected void hookOnNext(String item) {
                items.add(item);
            }

            @Override
            protected void hookOnComplete() {
                items.add("complete");
            }
        };
        merge(Flux.just("a1", "a2", "a3", "a4"), Flux.just("b1", "b2"), Flux.just("c1"))
                .subscribe(subscriber);

        subscriber.request(1);
        subscriber.request(1);
        assertThat(items).containsExactly("a1", "b1");
        subscriber.request(8);
        assertThat(items).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4", "complete");
    }

    @Test
    void shouldCompleteWithoutDemand() {
        StepVerifier.create(merge(Flux.empty(), Flux.empty()), 0).verifyComplete();
        StepVerifier.create(new FairMerge<>(Flux.<Flux<String>>empty(), 4), 0).verifyComplete();
    }

    @Test
    void shouldRequestNoMoreThanThePrefetch() {
        AtomicLong requested = new AtomicLong();
        Flux<Integer> source = Flux.range(0, 1_000).doOnRequest(requested::addAndGet);

        StepVerifier.create(new FairMerge<>(Flux.just(source), 4), 0)
                .expectSubscription()
                .then(() -> assertThat(requested).hasValue(4))
                .thenRequest(2)
                .expectNext(0, 1)
                .then(() -> assertThat(requested).hasValue(4))
                .thenRequest(1)
                .expectNext(2)
                .then(() -> assertThat(requested).hasValue(7))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void shouldCancelEverySource() {
        TestPublisher<String> first = TestPublisher.create();
        TestPublisher<String> second = TestPublisher.create();
        TestPublisher<Publisher<String>> sources = TestPublisher.create();
        List<Object> discarded = new ArrayList<>();

        StepVerifier.create(new FairMerge<>(sources, 4).doOnDiscard(String.class, discarded::add), 0)
                .expectSubscription()
                .then(() -> sources.next(first, second))
                .then(() -> first.next("held"))
                .thenCancel()
                .verify(PATIENCE);

        first.assertCancelled();
        second.assertCancelled();
        sources.assertCancelled();
        assertThat(discarded).containsExactly("held");
    }

    @Test
    void shouldEndWithTheFirstError() {
        TestPublisher<String> failing = TestPublisher.create();
        TestPublisher<String> other = TestPublisher.create();

        StepVerifier.create(merge(failing.flux(), other.flux()))
                .then(() -> other.next("o"))
                .expectNext("o")
                .then(() -> failing.error(new IllegalStateException("broken")))
                .expectErrorMessage("broken")
                .verify(PATIENCE);
        other.assertCancelled();

        StepVerifier.create(new FairMerge<>(
                        Flux.concat(Flux.just(other.flux()), Flux.error(new IllegalStateException())), 4))
                .expectError(IllegalStateException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldRefuseASourceThatIgnoresDemand() {
        TestPublisher<Integer> wild = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);

        StepVerifier.create(new FairMerge<>(Flux.just(wild), 4), 0)
                .expectSubscription()
                .then(() -> IntStream.range(0, 20).forEach(wild::next))
                .expectErrorMatches(error -> error.getMessage().startsWith("A source emitted more items"))
                .verify(PATIENCE);
    }

    /** Sources on several threads, added while others end: every item arrives once and in the order of its source. */
    @Test
    void shouldKeepEveryItemOfConcurrentSources() {
        AtomicInteger next = new AtomicInteger();
        Sinks.Many<Flux<int[]>> sources = Sinks.many().unicast().onBackpressureBuffer();
        for (int i = 0; i < 50; i++) {
            int source = next.getAndIncrement();
            sources.tryEmitNext(
                    Flux.range(0, 500).map(n -> new int[] {source, n}).subscribeOn(Schedulers.parallel()));
        }
        sources.tryEmitComplete();
        int[] last = new int[50];

        StepVerifier.create(new FairMerge<>(sources.asFlux(), 8)
                        .limitRate(16)
                        .doOnNext(item -> assertThat(item[1]).isEqualTo(last[item[0]]++)))
                .expectNextCount(25_000)
                .expectComplete()
                .verify(PATIENCE);
    }

    @SafeVarargs
    private static <T> Flux<T> merge(Flux<T>... sources) {
        return new FairMerge<>(Flux.fromArray(sources), 4);
    }
}
