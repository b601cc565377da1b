package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Two hours of a tenant and of a process that watches it, all of it computed from the seed: inserts, updates, late
 * arrivals, faults, kills, stalls of the consumer. Then a quiet hour and a half, and the count.
 */
final class WatchSimulation {

    record Result(
            int alerts,
            int delivered,
            int lost,
            int repeatedInARun,
            int repeatedThoughAcknowledged,
            int kills,
            int late,
            List<String> failures) {

        boolean clean() {
            return lost == 0 && repeatedInARun == 0 && repeatedThoughAcknowledged == 0 && failures.isEmpty();
        }
    }

    private static final Duration DEEPEST = Duration.ofHours(1);
    private static final List<Overlap> OVERLAPS = List.of(
            new Overlap(Duration.ofMinutes(2), Duration.ZERO),
            new Overlap(Duration.ofMinutes(10), Duration.ofMinutes(5)),
            new Overlap(DEEPEST, Duration.ofMinutes(15)));

    private static final Duration BUSY = Duration.ofHours(2);
    private static final Duration QUIET = Duration.ofMinutes(110);

    private final Random random;
    private final Flaw flaw;
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SimulatedService service;
    private final SimulatedStore store = new SimulatedStore();
    private final WatchOptions options;
    private final Set<Seen> processedEver = new HashSet<>();
    private final Set<Seen> acknowledged = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private final boolean beyondDeepest;

    private @Nullable Consumer consumer;
    private int delivered;
    private int repeatedInARun;
    private int repeatedThoughAcknowledged;
    private int kills;
    private int late;

    private WatchSimulation(long seed, Flaw flaw) {
        this.random = new Random(seed);
        this.flaw = flaw;
        time.advanceTimeBy(Duration.ofDays(10));
        this.service = new SimulatedService(time, random, flaw);
        this.beyondDeepest = random.nextInt(8) == 0;
        Instant start = service.now()
                .minus(Duration.ofHours(random.nextInt(0, 6)))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        backlog(start);
        this.options = WatchOptions.builder()
                .since(start)
                .every(Duration.ofSeconds(random.nextInt(20, 90)))
                .overlaps(flaw == Flaw.NO_OVERLAP ? List.of(new Overlap(Duration.ZERO, Duration.ZERO)) : OVERLAPS)
                .listener(this::observe)
                .build();
    }

    static Result run(long seed, Flaw flaw) {
        return new WatchSimulation(seed, flaw).run();
    }

    private void backlog(Instant start) {
        service.insert(start, Duration.ZERO);
        long seconds = Duration.between(start, service.now()).toSeconds();
        int count = random.nextInt(60);
        for (int i = 0; i < count && seconds > 0; i++) {
            service.insert(start.plusSeconds(random.nextLong(seconds)), Duration.ZERO);
        }
    }

    private void observe(WatchEvent event) {
        if (event instanceof WatchEvent.Late) {
            late++;
        } else if (event instanceof WatchEvent.Polled polled
                && polled.watermark().isAfter(service.now())) {
            failures.add("watermark " + polled.watermark() + " passed the service's time");
        }
    }

    private Result run() {
        service.faultRate(random.nextInt(3) * 0.08);
        times(random.nextInt(10, 80), () -> service.insert(service.rounded(service.now()), lag()));
        times(random.nextInt(0, 80), () -> service.updateAny(lag()));
        times(random.nextInt(0, 5), this::kill);
        begin();
        time.advanceTimeBy(BUSY);
        service.faultRate(0);
        time.advanceTimeBy(QUIET);
        List<Seen> newest = service.newest();
        int lost = (int) newest.stream()
                .filter(version -> !processedEver.contains(version))
                .count();
        end();
        return new Result(
                newest.size(), delivered, lost, repeatedInARun, repeatedThoughAcknowledged, kills, late, failures);
    }

    private void times(int count, Runnable event) {
        for (int i = 0; i < count; i++) {
            time.schedule(event, random.nextLong(BUSY.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private Duration lag() {
        int draw = random.nextInt(100);
        if (draw < 60) {
            return Duration.ZERO;
        }
        Duration most = draw < 85
                ? Duration.ofMinutes(2)
                : draw < 95 ? Duration.ofMinutes(10) : beyondDeepest ? DEEPEST.plus(DEEPEST.dividedBy(4)) : DEEPEST;
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    // ---- the process -------------------------------------------------------------------------------------------

    private void begin() {
        Consumer next = new Consumer();
        consumer = next;
        Flux.usingWhen(store.open(), session -> engine(session).deliveries(), CursorStore.Session::close)
                .subscribe(next);
    }

    private WatchEngine<SimulatedService.Row> engine(CursorStore.Session session) {
        Traits<SimulatedService.Row> traits =
                new Traits<>(SimulatedService.Row::id, SimulatedService.Row::updated, SimulatedService.Row::created);
        if (flaw != Flaw.WATERMARK_BEFORE_ACKNOWLEDGEMENT) {
            return new WatchEngine<>(service::since, traits, options, session, time, random::nextDouble);
        }
        return new WatchEngine<>(service::since, traits, options, session, time, random::nextDouble) {
            @Override
            Mono<Void> settled(Memory deliveries) {
                return Mono.empty();
            }
        };
    }

    private void kill() {
        if (consumer != null) {
            kills++;
            end();
            time.schedule(this::begin, random.nextLong(Duration.ofMinutes(40).toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    /** Nothing of the process does anything any more, as after kill -9. */
    private void end() {
        Consumer running = consumer;
        consumer = null;
        store.kill();
        if (running != null) {
            running.alive = false;
            running.cancel();
        }
    }

    /** Takes some at once, is slow now and then, and acknowledges a while after it has done its work. */
    private final class Consumer extends BaseSubscriber<Delivery<SimulatedService.Row>> {

        private final Set<Seen> processed = new HashSet<>();
        private boolean alive = true;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(random.nextInt(1, 6));
        }

        @Override
        protected void hookOnNext(Delivery<SimulatedService.Row> delivery) {
            long work = random.nextInt(200) == 0
                    ? random.nextLong(Duration.ofMinutes(20).toMillis())
                    : random.nextLong(800);
            time.schedule(() -> work(delivery), work, TimeUnit.MILLISECONDS);
        }

        private void work(Delivery<SimulatedService.Row> delivery) {
            if (!alive) {
                return;
            }
            Seen version = new Seen(delivery.item().id(), delivery.item().updated());
            delivered++;
            if (!processed.add(version)) {
                repeatedInARun++;
            }
            if (acknowledged.contains(version)) {
                repeatedThoughAcknowledged++;
            }
            processedEver.add(version);
            time.schedule(() -> acknowledge(delivery, version), random.nextLong(2000), TimeUnit.MILLISECONDS);
        }

        private void acknowledge(Delivery<SimulatedService.Row> delivery, Seen version) {
            if (alive) {
                delivery.acknowledge().subscribe(nothing -> {}, failure -> failures.add("ack: " + failure), () -> {
                    acknowledged.add(version);
                    request(1);
                });
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            failures.add(failure.toString());
        }

        @Override
        protected void hookOnComplete() {
            failures.add("completed");
        }
    }

    /** A disk that takes its time; what a dead process had not finished to write is not written. */
    private final class SimulatedStore implements CursorStore {

        private Progress kept = Progress.NONE;
        private int life;

        void kill() {
            life++;
        }

        @Override
        public Mono<Session> open() {
            return Mono.fromSupplier(() -> new Disk(life));
        }

        private final class Disk implements Session {

            private final int born;

            Disk(int born) {
                this.born = born;
            }

            private Mono<Void> written(Runnable change) {
                return Mono.create(sink -> time.schedule(
                        () -> {
                            if (born == life) {
                                change.run();
                                sink.success();
                            }
                        },
                        random.nextLong(100),
                        TimeUnit.MILLISECONDS));
            }

            @Override
            public Mono<Progress> load() {
                return Mono.fromSupplier(() -> kept);
            }

            @Override
            public Mono<Void> acknowledge(Seen seen) {
                return written(() -> {
                    List<Seen> all = new ArrayList<>(kept.seen());
                    all.add(seen);
                    kept = new Progress(kept.cursor(), all);
                });
            }

            @Override
            public Mono<Void> replace(Progress progress) {
                return written(() -> kept = progress);
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        }
    }
}
