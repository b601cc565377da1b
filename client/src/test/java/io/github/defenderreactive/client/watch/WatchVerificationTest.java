package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The rules of Reactive Streams for the deliveries of a watch, whose consumer acknowledges what it gets. */
class WatchVerificationTest {

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRules() {
        return ReactiveStreamsRules.of(WatchVerificationTest::watch);
    }

    private static Publisher<Delivery<Long>> watch(long elements) {
        Source source = new Source(elements);
        WatchOptions options = WatchOptions.builder()
                .since(source.now())
                .stopWhen(source.end.asMono())
                .build();
        ItemAccessors<Long> accessors =
                new ItemAccessors<>(String::valueOf, item -> source.now(), item -> source.now(), String::valueOf);
        return Flux.usingWhen(
                        options.store().open(),
                        session -> new WatchEngine<>(
                                        source,
                                        accessors,
                                        options,
                                        session,
                                        new Guard(),
                                        source.time,
                                        () -> source.time.now(TimeUnit.NANOSECONDS),
                                        () -> 0)
                                .deliveries(),
                        CursorStore.Session::close)
                .doOnNext(delivery -> delivery.acknowledge().subscribe());
    }

    /**
     * Seven new items in each poll, and the end of the watch behind the last. A poll takes as long as lies between two, so
     * that nothing has to wait: the kit knows real time only.
     */
    private static final class Source implements PollSource<Long> {

        private static final int IN_A_POLL = 7;

        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private final Sinks.Empty<Void> end = Sinks.empty();
        private final long elements;
        private long given;

        Source(long elements) {
            this.elements = elements;
            time.advanceTimeBy(Duration.ofDays(1000));
        }

        Instant now() {
            return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public Flux<Long> since(Instant from, Notes notes) {
            return Flux.defer(() -> {
                notes.date(now());
                if (given == elements) {
                    end.tryEmitEmpty();
                }
                return Flux.<Long, Integer>generate(() -> 0, (row, sink) -> {
                            if (row == IN_A_POLL || given == elements) {
                                sink.complete();
                            } else {
                                given++;
                                sink.next(given);
                            }
                            return row + 1;
                        })
                        .doOnComplete(() -> time.advanceTimeBy(WatchOptions.DEFAULT_EVERY));
            });
        }
    }
}
