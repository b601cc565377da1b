package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.util.RaceTestUtils;

/** One rule at a time, on virtual time; all of them together are simulated in {@link WatchSimulationTest}. */
class WatchEngineTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LocalTime localTime = new LocalTime(time);
    private final List<WatchEvent> events = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final List<Delivery<Map.Entry<String, Instant>>> got = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Map.Entry<String, Instant>> rows = new ArrayList<>();
    private Function<Instant, Instant> serverClock = now -> now;
    private boolean completed;

    WatchEngineTest() {
        time.advanceTimeBy(Duration.ofDays(1000));
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private WatchOptions.Builder options() {
        return WatchOptions.builder().since(now()).listener(events::add);
    }

    private Flux<Map.Entry<String, Instant>> service(Instant from, PollSource.Notes notes) {
        return Flux.defer(() -> {
            asked.add(from);
            notes.date(serverClock.apply(now()));
            return Flux.fromIterable(rows).filter(row -> !row.getValue().isBefore(from));
        });
    }

    private Flux<Delivery<Map.Entry<String, Instant>>> watch(
            PollSource<Map.Entry<String, Instant>> source, WatchOptions options, CursorStore.Session session) {
        return new WatchEngine<>(
                        source,
                        new ItemAccessors<>(
                                Map.Entry::getKey, Map.Entry::getValue, Map.Entry::getValue, Map.Entry::toString),
                        options,
                        session,
                        new Guard(),
                        localTime,
                        () -> time.now(TimeUnit.NANOSECONDS),
                        () -> 0)
                .deliveries();
    }

    private static CursorStore.Session opened(CursorStore store) {
        return Objects.requireNonNull(store.open().block(HOUR));
    }

    private void start(WatchOptions options, boolean acknowledge) {
        start(this::service, options, acknowledge);
    }

    private void start(PollSource<Map.Entry<String, Instant>> source, WatchOptions options, boolean acknowledge) {
        watch(source, options, opened(options.store()))
                .subscribe(
                        delivery -> {
                            got.add(delivery);
                            if (acknowledge) {
                                delivery.acknowledge().subscribe();
                            }
                        },
                        failures::add,
                        () -> completed = true);
    }

    @Test
    void shouldReadEachOverlapWhenItIsDue() {
        Instant start = now();
        start(options().build(), true);
        time.advanceTimeBy(HOUR.multipliedBy(40));

        assertThat(asked.get(0)).isEqualTo(start);
        Instant last = now();
        assertThat(asked.subList(asked.size() - 130, asked.size()))
                .as("thirty hours behind the sweep of an hour ago, and usually two minutes")
                .anyMatch(from -> !from.isAfter(last.minus(HOUR.multipliedBy(30))))
                .anyMatch(from -> from.isAfter(last.minus(Duration.ofMinutes(4))));
        assertThat(asked).hasSizeBetween(40 * 120, 40 * 120 + 1);
    }

    @Test
    void shouldNeverPassTheTimeOfTheService() {
        serverClock = now -> now.minus(HOUR);
        start(WatchOptions.builder().listener(events::add).build(), true);
        time.advanceTimeBy(Duration.ofMinutes(10));

        assertThat(events).contains(new WatchEvent.ClockDiffers("alerts", HOUR));
        assertThat(events)
                .filteredOn(event -> !(event instanceof WatchEvent.ClockDiffers))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event).isInstanceOfSatisfying(WatchEvent.Polled.class, polled -> {
                    assertThat(polled.watermark()).isBeforeOrEqualTo(now().minus(HOUR));
                    assertThat(polled.lag()).isEqualTo(HOUR);
                }));
    }

    @Test
    void shouldGoOnWhenItsListenerFails() {
        rows.add(Map.entry("a", now()));
        start(
                WatchOptions.builder()
                        .since(now())
                        .listener(event -> {
                            throw new IllegalStateException("deaf");
                        })
                        .build(),
                true);
        time.advanceTimeBy(Duration.ofMinutes(2));

        assertThat(got).hasSize(1);
        assertThat(asked).hasSize(5);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldDeliverWhatWasUpdatedWhileTheFirstAnswerWasWaitedFor() {
        Instant answers = now().plus(Duration.ofMinutes(10));
        Instant updated = now().plus(HOUR).plus(Duration.ofMinutes(1));
        PollSource<Map.Entry<String, Instant>> source = (from, notes) -> Flux.defer(() -> {
            if (now().isBefore(answers)) {
                return Flux.error(new ServiceException("unwell", null, ErrorContext.NONE));
            }
            notes.date(now().plus(HOUR));
            return Flux.just(Map.entry("old", updated.minus(Duration.ofMinutes(2))), Map.entry("new", updated))
                    .filter(row -> !row.getValue().isBefore(from));
        });
        start(source, WatchOptions.defaults(), false);
        time.advanceTimeBy(Duration.ofMinutes(20));

        assertThat(failures).isEmpty();
        assertThat(got).extracting(delivery -> delivery.item().getKey()).containsExactly("new");
    }

    /** As a date of the year 9999 asks for. */
    @Test
    void shouldOutliveAWaitThatNoTimerCanHold() {
        Instant start = now();
        rows.add(Map.entry("a", start));
        start(
                (from, notes) -> now().isBefore(start.plus(HOUR))
                        ? Flux.error(new ThrottledException("busy", Duration.ofDays(3_000_000), ErrorContext.NONE))
                        : service(from, notes),
                options().build(),
                true);
        time.advanceTimeBy(Duration.ofDays(8));

        assertThat(failures).isEmpty();
        assertThat(got).hasSize(1);
    }

    @Test
    void shouldGiveItsBeginningWhenItEndsBeforeTheFirstAnswer() {
        Instant began = now();
        PollSource<Map.Entry<String, Instant>> source = (from, notes) -> Flux.error(
                now().isBefore(began.plus(HOUR))
                        ? new ServiceException("unwell", null, ErrorContext.NONE)
                        : new AuthenticationException("the secret has expired", ErrorContext.NONE, null));
        start(source, WatchOptions.defaults(), false);
        time.advanceTimeBy(HOUR.multipliedBy(2));

        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        WatchException.class,
                        ended -> assertThat(ended.cursor()).isEqualTo(Cursor.startingAt(began)));
    }

    @Test
    void shouldSayThatDeliveriesWaitForTheirAcknowledgement() {
        rows.add(Map.entry("a", now()));
        start(options().build(), false);
        time.advanceTimeBy(Duration.ofMinutes(11));

        assertThat(asked).hasSize(1);
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                WatchEvent.Stuck.class,
                                stuck -> assertThat(stuck.unacknowledged()).isEqualTo(1)));
    }

    /** A consumer that asks for no more keeps the poll from its end. */
    @Test
    void shouldSayThatDeliveriesWaitWhenNoMoreAreWantedEither() {
        rows.add(Map.entry("a", now()));
        rows.add(Map.entry("b", now()));
        watch(this::service, options().build(), opened(CursorStore.memory())).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }
        });
        time.advanceTimeBy(Duration.ofMinutes(11));

        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                WatchEvent.Stuck.class,
                                stuck -> assertThat(stuck.unacknowledged()).isEqualTo(1)));
    }

    @Test
    void shouldSayThatTheDateOfTheServiceStandsStill() {
        Instant frozen = now();
        serverClock = now -> frozen;
        start(options().build(), true);
        time.advanceTimeBy(Duration.ofMinutes(7));

        assertThat(events).filteredOn(WatchEvent.Stuck.class::isInstance).isNotEmpty();
    }

    @Test
    void shouldReportWhatCameLaterThanTheDeepestOverlap() {
        start(options().deepestOverlap(HOUR.multipliedBy(2)).build(), true);
        time.advanceTimeBy(HOUR.multipliedBy(6));
        Instant updated = now().minus(HOUR.multipliedBy(2)).minus(Duration.ofMinutes(25));
        rows.add(Map.entry("late", updated));
        time.advanceTimeBy(HOUR);

        assertThat(got).hasSize(1);
        assertThat(events).contains(new WatchEvent.Late("alerts", "late", updated));
    }

    /** Without the store nobody knows what was delivered, so what is found deep down need not have come late. */
    @Test
    void shouldTakeNothingForLateBehindALoneCursor() {
        Instant start = now();
        time.advanceTimeBy(HOUR.multipliedBy(100));
        rows.add(Map.entry("old", now().minus(HOUR.multipliedBy(29))));
        start(
                WatchOptions.builder()
                        .from(new Cursor(start, now(), now()))
                        .listener(events::add)
                        .build(),
                true);
        time.advanceTimeBy(HOUR.multipliedBy(2));
        assertThat(got).hasSize(1);
        assertThat(events).noneMatch(WatchEvent.Late.class::isInstance);

        Instant updated = now().minus(HOUR.multipliedBy(27));
        rows.add(Map.entry("late", updated));
        time.advanceTimeBy(HOUR);
        assertThat(events).contains(new WatchEvent.Late("alerts", "late", updated));
    }

    @Test
    void shouldEndWhenTheFilterIsIgnored() {
        Instant start = now();
        start(
                (from, notes) -> Flux.range(1, 30).map(i -> Map.entry("old" + i, from.minusSeconds(i))),
                options().build(),
                false);

        assertThat(got).isEmpty();
        assertThat(failures).singleElement().isInstanceOfSatisfying(WatchException.class, ended -> {
            assertThat(ended).hasMessageContaining("ignores the filter");
            assertThat(ended.cursor()).isEqualTo(Cursor.startingAt(start));
        });
    }

    @Test
    void shouldWaitForWhatIsOutstandingWhenItStops() {
        Sinks.Empty<Void> stop = Sinks.empty();
        rows.add(Map.entry("a", now()));
        start(options().stopWhen(stop.asMono()).build(), false);
        stop.tryEmitEmpty();
        assertThat(completed).isFalse();
        got.get(0).acknowledge().block(HOUR);
        assertThat(completed).isTrue();
    }

    @Test
    void shouldStopAtAnItemOfASignalThatNeverCompletes() {
        Sinks.Many<String> stop = Sinks.many().replay().latest();
        start(options().stopWhen(stop.asFlux()).build(), true);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(completed).isFalse();

        stop.tryEmitNext("stop");

        assertThat(completed).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldStopWhileTheFirstAnswerIsWaitedFor() {
        Sinks.Empty<Void> stop = Sinks.empty();
        TestPublisher<Map.Entry<String, Instant>> source = TestPublisher.create();
        start(
                (from, notes) -> source.flux(),
                WatchOptions.builder().stopWhen(stop.asMono()).build(),
                true);
        stop.tryEmitEmpty();

        source.assertCancelled();
        assertThat(completed).isTrue();
        assertThat(failures).isEmpty();
    }

    /** A delivery that is counted and then dropped would be waited for without end. */
    @Test
    void shouldStopWhileAnItemArrives() {
        Instant start = now();
        for (int round = 0; round < 2_000; round++) {
            Sinks.Empty<Void> stop = Sinks.empty();
            Sinks.Many<Map.Entry<String, Instant>> source =
                    Sinks.many().unicast().onBackpressureBuffer();
            AtomicBoolean ended = new AtomicBoolean();
            watch(
                            (from, notes) -> source.asFlux(),
                            options().stopWhen(stop.asMono()).build(),
                            opened(CursorStore.memory()))
                    .subscribe(delivery -> delivery.acknowledge().subscribe(), failures::add, () -> ended.set(true));
            RaceTestUtils.race(() -> source.tryEmitNext(Map.entry("a", start)), stop::tryEmitEmpty);
            assertThat(ended).as("round %d", round).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldReadDeepAgainWhenTheClockIsSetBack() {
        start(options().since(now().minus(HOUR.multipliedBy(48))).build(), true);
        time.advanceTimeBy(Duration.ofMinutes(10));
        int before = asked.size();

        localTime.ahead(HOUR.multipliedBy(-24));
        time.advanceTimeBy(HOUR);

        assertThat(asked.subList(before, asked.size()))
                .anyMatch(from -> from.isBefore(now().minus(HOUR.multipliedBy(24))));
    }

    @Test
    void shouldPollInTimeWhenTheClockIsSetBackDuringAPoll() {
        rows.add(Map.entry("a", now()));
        start(options().build(), false);
        localTime.ahead(HOUR.multipliedBy(-24));
        got.get(0).acknowledge().block(HOUR);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(asked).hasSize(11);
    }

    @Test
    void shouldNameNoCursorWhenNobodyKnowsWhereItStood() {
        CursorStoreException damaged = new CursorStoreException("damaged at line 2", null);
        CursorStore.Session unreadable = new CursorStore.Session() {
            @Override
            public Mono<Progress> load() {
                return Mono.error(damaged);
            }

            @Override
            public Mono<Void> acknowledge(SeenVersion seen) {
                return Mono.empty();
            }

            @Override
            public Mono<Void> replace(Progress progress) {
                return Mono.empty();
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
        watch(this::service, WatchOptions.defaults(), unreadable).subscribe(got::add, failures::add);

        assertThat(failures).containsExactly(damaged);
    }

    @Test
    void shouldRefuseAnAcknowledgementOnceItHasEnded() {
        CursorStore store = CursorStore.memory();
        TestPublisher<Map.Entry<String, Instant>> source = TestPublisher.create();
        List<Throwable> refused = new ArrayList<>();
        Flux.usingWhen(
                        store.open(),
                        session ->
                                watch((from, notes) -> source.flux(), options().build(), session),
                        CursorStore.Session::close)
                .subscribe(got::add, failure -> got.get(0).acknowledge().subscribe(null, refused::add));
        source.next(Map.entry("a", now()));
        source.error(new AuthenticationException("the secret has expired", ErrorContext.NONE, null));

        assertThat(refused)
                .singleElement()
                .isInstanceOfSatisfying(
                        WatchException.class,
                        failure -> assertThat(failure).hasMessageContaining("the secret has expired"));
        assertThat(opened(store).load().map(Progress::seen).block(HOUR)).isEmpty();
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsCancelled() {
        TestPublisher<Map.Entry<String, Instant>> source = TestPublisher.create();
        CursorStore store = CursorStore.memory();
        WatchOptions options = options().store(store).build();
        Disposable watch = Flux.usingWhen(
                        store.open(),
                        session -> watch((from, notes) -> source.flux(), options, session),
                        CursorStore.Session::close)
                .subscribe(got::add);
        source.next(Map.entry("a", now()));
        watch.dispose();

        source.assertCancelled();
        time.advanceTimeBy(HOUR);
        assertThat(got).hasSize(1);
        assertThat(events).isEmpty();
        opened(store).close().block(HOUR);
    }
}
