package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.LeaseLostException;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.client.watch.EngineWorld.Row;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Whatever is thrown into a watch, by whom and on whatever thread: its subscriber is told, and the store is closed. */
class WatchFailureTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Where it is thrown. */
    private enum Place {
        OPEN,
        LOAD,
        REPLACE,
        ADVANCE,
        ACKNOWLEDGE,
        SOURCE,
        SOURCE_SUBSCRIBE,
        SOURCE_REQUEST,
        SOURCE_ROW,
        ID,
        UPDATED,
        CREATED,
        JSON,
        STOP,
        CONSUMER
    }

    private static final List<Supplier<Throwable>> THROWN = List.of(
            () -> new IllegalStateException("broken"),
            () -> new StackOverflowError("too deep"),
            () -> new OutOfMemoryError("Java heap space"),
            StandIn::new);

    /** An error of the JVM that none of its own kinds is. */
    private static final class StandIn extends VirtualMachineError {

        private static final long serialVersionUID = 1L;
    }

    private final EngineWorld world = new EngineWorld();
    private final AtomicBoolean open = new AtomicBoolean();

    static Stream<Arguments> cases() {
        return Stream.of(Place.values())
                .flatMap(place -> THROWN.stream().map(thrown -> Arguments.of(place, thrown.get())));
    }

    // ---- everything that is thrown -----------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEndWithWhatIsThrown(Place place, Throwable thrown) {
        Throwing throwing = new Throwing(place, thrown);
        world.rows.add(new Row("a", world.now()));
        world.rows.add(new Row(null, world.now()));
        List<String> ends = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        throwing.watch()
                .subscribe(
                        delivery -> {
                            throwing.at(Place.CONSUMER);
                            delivery.acknowledge().onErrorComplete().subscribe();
                        },
                        error -> {
                            ends.add("error");
                            errors.add(error);
                        },
                        () -> ends.add("complete"));
        for (int i = 0; i < 5 && ends.isEmpty(); i++) {
            world.pass(MINUTE);
        }

        if (place == Place.ACKNOWLEDGE) {
            assertThat(ends)
                    .as("the consumer hears of it, and this one does not care")
                    .isEmpty();
            return;
        }
        assertThat(ends).containsExactly("error");
        assertThat(causes(errors.get(0))).contains(thrown);
        if (thrown instanceof Error) {
            assertThat(causes(errors.get(0))).hasAtLeastOneElementOfType(JvmErrorException.class);
        }
        assertThat(open).as("the session").isFalse();
    }

    private static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** The listener is a bystander: what it throws is logged. */
    @ParameterizedTest
    @MethodSource("cases")
    void shouldGoOnWhateverItsListenerThrows(Place ignored, Throwable thrown) {
        world.rows.add(new Row("a", world.now()));
        world.rows.add(new Row(null, world.now()));
        AtomicInteger told = new AtomicInteger();
        world.start(world.options()
                .since(world.now())
                .listener(event -> {
                    told.incrementAndGet();
                    Throwing.sneak(thrown);
                })
                .build());
        world.pass(MINUTE.multipliedBy(2));

        assertThat(world.failures).isEmpty();
        assertThat(world.got).hasSize(1);
        assertThat(told.get()).isGreaterThan(2);
    }

    /** A store that throws in what it publishes, on threads of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"LOAD", "REPLACE", "ADVANCE"})
    void shouldEndWithWhatTheStoreSignalsOnAnotherThread(Place place) {
        StackOverflowError thrown = new StackOverflowError("too deep");
        Throwing throwing = new Throwing(place, thrown);
        throwing.signalled = true;
        world.rows.add(new Row("a", world.now()));
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        throwing.watch().subscribe(delivery -> delivery.acknowledge().subscribe(), errors::add);
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            world.pass(MINUTE);
            return !errors.isEmpty();
        });

        assertThat(causes(errors.get(0))).contains(thrown).hasAtLeastOneElementOfType(JvmErrorException.class);
    }

    /** A world in which one place throws, once. */
    private final class Throwing {

        private final Place place;
        private final Throwable thrown;
        private boolean signalled;

        Throwing(Place place, Throwable thrown) {
            this.place = place;
            this.thrown = thrown;
        }

        void at(Place here) {
            if (here == place) {
                sneak(thrown);
            }
        }

        static void sneak(Throwable error) {
            Throwing.<RuntimeException>thrown(error);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void thrown(Throwable error) throws E {
            throw (E) error;
        }

        private <T> Mono<T> stored(Place here, Mono<T> honest) {
            if (here == place && signalled) {
                return Mono.<T>create(sink -> sink.error(thrown)).subscribeOn(Schedulers.boundedElastic());
            }
            at(here);
            return honest;
        }

        Flux<Delivery<Row>> watch() {
            WatchOptions options = world.options()
                    .since(world.now())
                    .store(new ThrowingStore())
                    .stopWhen((Publisher<Void>) subscriber -> {
                        at(Place.STOP);
                        Mono.<Void>never().subscribe(subscriber);
                    })
                    .build();
            return Flux.defer(() -> {
                Guard guard = new Guard();
                return Flux.usingWhen(
                        guard.mono(() -> options.store().open()),
                        session -> new WatchEngine<>(
                                        this::rows,
                                        new ItemAccessors<Row>(
                                                checked(Place.ID, Row::id),
                                                checked(Place.UPDATED, Row::updated),
                                                checked(Place.CREATED, Row::updated),
                                                checked(Place.JSON, Row::toString)),
                                        options,
                                        session,
                                        guard,
                                        world.localTime,
                                        () -> world.time.now(java.util.concurrent.TimeUnit.NANOSECONDS),
                                        () -> 0)
                                .deliveries(),
                        session -> guard.mono(session::close));
            });
        }

        private <A, B> Function<A, B> checked(Place here, Function<A, B> function) {
            return value -> {
                at(here);
                return function.apply(value);
            };
        }

        private Flux<Row> rows(Instant from, PollSource.Notes notes) {
            at(Place.SOURCE);
            Flux<Row> rows = world.service(from, notes);
            return Flux.from((Publisher<Row>) subscriber -> {
                at(Place.SOURCE_SUBSCRIBE);
                rows.doOnNext(row -> at(Place.SOURCE_ROW))
                        .subscribe(new ThrowingRequests<>(subscriber, () -> at(Place.SOURCE_REQUEST)));
            });
        }

        private final class ThrowingStore implements CursorStore {

            private final CursorStore memory = CursorStore.memory();

            @Override
            public Mono<Session> open() {
                at(Place.OPEN);
                return memory.open().doOnNext(session -> open.set(true)).map(ThrowingSession::new);
            }
        }

        private final class ThrowingSession implements CursorStore.Session {

            private final CursorStore.Session memory;

            ThrowingSession(CursorStore.Session memory) {
                this.memory = memory;
            }

            @Override
            public Mono<Progress> load() {
                return stored(Place.LOAD, memory.load());
            }

            @Override
            public Mono<Void> acknowledge(SeenVersion seen) {
                return stored(Place.ACKNOWLEDGE, memory.acknowledge(seen));
            }

            @Override
            public Mono<Void> replace(Progress progress) {
                return stored(Place.REPLACE, memory.replace(progress));
            }

            @Override
            public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
                return stored(Place.ADVANCE, memory.advance(to, forgotten));
            }

            @Override
            public Mono<Void> close() {
                return memory.close().doOnSubscribe(subscription -> open.set(false));
            }
        }
    }

    // ---- a lease that is lost ----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhenItsLeaseIsLost(boolean atAcknowledgement) {
        LeaseLostException lost = new LeaseLostException("another watch has begun", null);
        AtomicBoolean gone = new AtomicBoolean();
        List<SeenVersion> kept = new ArrayList<>();
        CursorStore memory = CursorStore.memory();
        world.store = () -> memory.open().map(session -> new CursorStore.Session() {
            @Override
            public Mono<Progress> load() {
                return session.load();
            }

            @Override
            public Mono<Void> acknowledge(SeenVersion seen) {
                return gone.get() ? Mono.error(lost) : Mono.fromRunnable(() -> kept.add(seen));
            }

            @Override
            public Mono<Void> replace(Progress progress) {
                return session.replace(progress);
            }

            @Override
            public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
                return gone.get() ? Mono.error(lost) : session.advance(to, forgotten);
            }

            @Override
            public Mono<Void> close() {
                return session.close();
            }
        });
        world.acknowledging = false;
        world.rows.add(new Row("a", world.now()));
        world.rows.add(new Row("b", world.now()));
        List<Throwable> ends = new ArrayList<>();
        world.watch(world::service, world.options().since(world.now()).build()).subscribe(world.got::add, ends::add);
        if (atAcknowledgement) {
            gone.set(true);
            world.got.get(0).acknowledge().onErrorComplete().subscribe();
        } else {
            world.got.get(0).acknowledge().subscribe();
            gone.set(true);
            world.got.get(1).acknowledge().onErrorComplete().subscribe();
        }

        assertThat(ends)
                .singleElement()
                .isInstanceOf(WatchException.class)
                .satisfies(end -> assertThat(end).hasCause(lost));
        List<Throwable> refused = new ArrayList<>();
        gone.set(false);
        int before = kept.size();
        world.got.forEach(delivery -> delivery.acknowledge().subscribe(null, refused::add));
        assertThat(kept).as("nothing is acknowledged after it").hasSize(before);
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void shouldSayThatTheStoreDoesNotComplete() {
        CursorStore memory = CursorStore.memory();
        world.store = () -> memory.open().map(session -> new Hanging(session));
        world.start(world.options().since(world.now()).build());
        world.pass(MINUTE.multipliedBy(11));

        assertThat(world.told(WatchEvent.Stuck.class))
                .hasSize(2)
                .allSatisfy(stuck -> assertThat(stuck.reason()).isEqualTo(WatchEvent.Stuck.Reason.STORE));
    }

    private record Hanging(CursorStore.Session session) implements CursorStore.Session {

        @Override
        public Mono<Progress> load() {
            return session.load();
        }

        @Override
        public Mono<Void> acknowledge(SeenVersion seen) {
            return session.acknowledge(seen);
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return session.replace(progress);
        }

        @Override
        public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return Mono.never();
        }

        @Override
        public Mono<Void> close() {
            return session.close();
        }
    }

    // ---- responses that mean nothing ---------------------------------------------------------------------------

    private static DefenderException answered(int status) {
        ErrorContext context = new ErrorContext("listAlerts", status, null, null, 1);
        return status == 404 ? new NotFoundException("nothing", context) : new BadRequestException("odd", context);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 404, 408, 421, 425})
    void shouldGoOnBehindAResponseThatMeansNothing(int status) {
        AtomicInteger calls = new AtomicInteger();
        Row row = new Row("a", world.now());
        world.rows.add(row);
        world.start(
                (from, notes) ->
                        calls.incrementAndGet() < 10 ? Flux.error(answered(status)) : world.service(from, notes),
                world.options().since(world.now()).build());
        world.pass(EngineWorld.HOUR);

        assertThat(world.delivered()).containsExactly(row);
        assertThat(world.told(WatchEvent.Retrying.class)).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 408})
    void shouldEndWhenNothingElseComes(int status) {
        DefenderException nothing = answered(status);
        world.start(
                (from, notes) -> Flux.error(nothing),
                world.options().since(world.now()).build());
        world.pass(EngineWorld.HOUR);

        assertThat(world.failures)
                .singleElement()
                .satisfies(end -> assertThat(end).hasCause(nothing));
        assertThat(world.told(WatchEvent.Retrying.class)).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 414})
    void shouldEndAtOnceWhenTheServiceRefuses(int status) {
        world.start(
                (from, notes) -> Flux.error(answered(status)),
                world.options().since(world.now()).build());
        world.pass(MINUTE);

        assertThat(world.failures).hasSize(1);
        assertThat(world.told(WatchEvent.Retrying.class)).isEmpty();
    }

    @Test
    void shouldWaitAnHourAtTheMost() {
        Row row = new Row("a", world.now());
        world.rows.add(row);
        for (Duration asked : List.of(Duration.ofDays(7), Duration.ofDays(3_000_000))) {
            for (DefenderException busy : List.of(
                    new ThrottledException("busy", asked, ErrorContext.NONE),
                    new ServiceException("busy", asked, ErrorContext.NONE))) {
                AtomicInteger calls = new AtomicInteger();
                world.got.clear();
                world.store = CursorStore.memory();
                world.start(
                        (from, notes) -> calls.incrementAndGet() == 1 ? Flux.error(busy) : world.service(from, notes),
                        world.options().since(row.updated()).build());
                world.pass(EngineWorld.HOUR.minusSeconds(1));
                assertThat(calls).hasValue(1);
                world.pass(Duration.ofSeconds(2));
                assertThat(world.delivered()).containsExactly(row);
            }
        }
    }

    @Test
    void shouldNameTheWatchInItsEvents() {
        Sinks.Empty<Void> stop = Sinks.empty();
        world.rows.add(new Row(null, world.now()));
        world.start(world.options()
                .name("harbour")
                .since(world.now())
                .stopWhen(stop.asMono())
                .build());
        world.pass(MINUTE);

        assertThat(world.events)
                .hasSizeGreaterThan(2)
                .allSatisfy(event -> assertThat(event.watch()).isEqualTo("harbour"));
    }
}
