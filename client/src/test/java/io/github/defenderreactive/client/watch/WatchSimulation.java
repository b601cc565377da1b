package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A process with a watch in a {@link SimulatedWorld}. When it is killed, or its watch ends, another one begins a while
 * later: from the store, or without it from the cursor that was last printed.
 */
final class WatchSimulation {

    record Result(Ledger.Counts counts, Map<Happening, Integer> happened, List<String> failures) {

        boolean clean() {
            return counts.clean() && failures.isEmpty();
        }
    }

    /** What the first watch is asked for. */
    enum Beginning {
        /** All alerts there are. */
        ALL,
        /** What is updated from now on. */
        NOW
    }

    private static final List<Overlap> OVERLAPS = List.of(
            new Overlap(Duration.ofMinutes(2), Duration.ZERO),
            new Overlap(Duration.ofMinutes(10), Duration.ofMinutes(5)),
            new Overlap(SimulatedWorld.DEEPEST, Duration.ofMinutes(15)));

    private final SimulatedWorld world;
    private final VirtualTimeScheduler time;
    private final LocalTime localTime;
    private final Flaw flaw;
    private final SimulatedStore store;
    private final Ledger ledger = new Ledger();
    private final List<String> failures = new ArrayList<>();
    private final Set<WatchEvent> told = new HashSet<>();
    private boolean datesAreWrong;

    private @Nullable Consumer consumer;
    private @Nullable String printed;
    private WatchOptions options;
    private Instant promised = Instant.MIN;

    private WatchSimulation(long seed, Flaw flaw, Beginning beginning) {
        this.world = new SimulatedWorld(seed, SimulatedTenant.Lateness.SOME, true);
        this.time = world.time();
        this.localTime = new LocalTime(time).ahead(world.oddities().localAhead());
        this.flaw = flaw;
        this.store = new SimulatedStore(time, world.calls(), flaw == Flaw.ONLY_THE_CURSOR_IS_KEPT);
        this.options = beginning == Beginning.NOW
                ? options().build()
                : options().since(world.tenant().start()).build();
    }

    static Result run(long seed, Flaw flaw) {
        return new WatchSimulation(seed, flaw, Beginning.ALL).run();
    }

    static Result run(long seed, SimulatedTenant.Order order) {
        WatchSimulation simulation = new WatchSimulation(seed, Flaw.NONE, Beginning.ALL);
        simulation.world.tenant().sortedBy(order);
        return simulation.run();
    }

    static Result runFromNow(long seed) {
        return new WatchSimulation(seed, Flaw.NONE, Beginning.NOW).run();
    }

    /** All responses of half an hour have dates of another month. */
    static Result runWithWrongDates(long seed, Duration ahead) {
        WatchSimulation simulation = new WatchSimulation(seed, Flaw.NONE, Beginning.ALL);
        simulation.datesAreWrong = true;
        Duration from = Duration.ofMinutes(simulation.world.calls().nextLong(60));
        simulation.world.after(from, () -> simulation.world.oddities().allDatesAhead(ahead));
        simulation.world.after(
                from.plusMinutes(30), () -> simulation.world.oddities().allDatesAhead(Duration.ZERO));
        return simulation.run();
    }

    private WatchOptions.Builder options() {
        return WatchOptions.builder()
                .every(world.every())
                .overlaps(flaw == Flaw.NO_OVERLAP ? List.of(new Overlap(Duration.ZERO, Duration.ZERO)) : OVERLAPS)
                .listener(this::observe);
    }

    private void observe(WatchEvent event) {
        if (event instanceof WatchEvent.Late) {
            world.happened().add(Happening.LATE);
        } else if (event instanceof WatchEvent.Irregular irregular) {
            world.happened().add(Happening.ROW_TOLD);
            if (!told.add(irregular)) {
                failures.add("told twice: " + irregular);
            }
        } else if (event instanceof WatchEvent.Polled polled
                && polled.watermark().isAfter(world.tenant().now())
                && !datesAreWrong) {
            failures.add("watermark " + polled.watermark() + " passed the service's time");
        } else if (event instanceof WatchEvent.MovedBack && !datesAreWrong) {
            failures.add(event.toString());
        } else if (event instanceof WatchEvent.ClockDiffers
                && !world.oddities().localAhead().isZero()) {
            world.happened().add(Happening.LOCAL_CLOCK_OFF);
        }
    }

    private Result run() {
        world.run(this::begin, this::kill);
        end();
        List<SeenVersion> wanted = world.tenant().newest().stream()
                .filter(version -> !version.lastUpdateTime().isBefore(promised))
                .toList();
        return new Result(ledger.counts(wanted), world.happened().counts(), failures);
    }

    // ---- the process -------------------------------------------------------------------------------------------

    private void begin() {
        if (beginsNow()) {
            promised = world.tenant().now();
        }
        told.clear();
        Consumer next = new Consumer();
        consumer = next;
        SimulatedClient client = world.client();
        Flux.usingWhen(store.open(), session -> engine(client, session).deliveries(), CursorStore.Session::close)
                .subscribe(next);
    }

    /** Whether nothing says where to begin, since no watch has got an answer yet. */
    private boolean beginsNow() {
        return store.isEmpty() && options.since() == null && options.from() == null;
    }

    private WatchEngine<SimulatedTenant.Row> engine(SimulatedClient client, CursorStore.Session session) {
        PollSource<SimulatedTenant.Row> source = (from, notes) -> Flux.defer(() -> client.pages(question(from), notes));
        ItemAccessors<SimulatedTenant.Row> accessors = new ItemAccessors<>(
                SimulatedTenant.Row::id,
                SimulatedTenant.Row::updated,
                SimulatedTenant.Row::created,
                SimulatedTenant.Row::toString);
        if (flaw != Flaw.WATERMARK_BEFORE_ACKNOWLEDGEMENT) {
            return new WatchEngine<>(
                    source,
                    accessors,
                    options,
                    session,
                    new Guard(),
                    localTime,
                    world::nanos,
                    world.calls()::nextDouble);
        }
        return new WatchEngine<>(
                source, accessors, options, session, new Guard(), localTime, world::nanos, world.calls()::nextDouble) {
            @Override
            Mono<Void> settled(DeliveryLog deliveries) {
                return Flux.fromIterable(deliveries.all())
                        .concatMap(session::acknowledge)
                        .then();
            }
        };
    }

    private SimulatedTenant.Query question(Instant from) {
        return switch (flaw) {
            case STRICT_GREATER_THAN -> SimulatedTenant.Query.after(from);
            // A list with an upper bound, which alerts leave when they are updated.
            case SKIP_OVER_A_MOVING_LIST ->
                new SimulatedTenant.Query(from, true, world.tenant().now());
            default -> SimulatedTenant.Query.since(from);
        };
    }

    private void kill() {
        if (consumer != null) {
            world.happened().add(Happening.KILLED);
            end();
            if (world.calls().nextInt(4) == 0) {
                loseTheStore();
            }
            beginWithin(Duration.ofMinutes(40));
        }
    }

    /** The watch cannot go on and says from where another one can. */
    private void ended(Throwable failure) {
        boolean expected = failure instanceof WatchException ended
                && (ended.getCause() instanceof AuthenticationException || ended.getCause() instanceof DecodeException);
        if (!expected) {
            failures.add(failure.toString());
            return;
        }
        end();
        if (world.calls().nextBoolean() && !beginsNow()) {
            printed = ((WatchException) failure).cursor().toString();
            loseTheStore();
        }
        beginWithin(Duration.ofMinutes(10));
    }

    private void beginWithin(Duration most) {
        world.after(Duration.ofMillis(world.calls().nextLong(most.toMillis())), this::begin);
    }

    private void loseTheStore() {
        // A lone cursor of another month tells nothing of where the watch stood.
        if (printed == null || datesAreWrong) {
            return;
        }
        world.happened().add(Happening.BEGUN_FROM_A_CURSOR);
        Cursor cursor = Cursor.parse(printed);
        store.lose();
        ledger.begunFromACursor(
                cursor.swept().minus(SimulatedWorld.DEEPEST).minus(SimulatedWorld.DEEPEST.dividedBy(4)));
        options = options().from(cursor).build();
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
        ledger.ended();
    }

    /** Takes some at once, is slow now and then, and acknowledges a while after it has done its work. */
    private final class Consumer extends BaseSubscriber<Delivery<SimulatedTenant.Row>> {

        private boolean alive = true;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(world.calls().nextInt(1, 6));
        }

        @Override
        protected void hookOnNext(Delivery<SimulatedTenant.Row> delivery) {
            world.after(world.work(), () -> work(delivery));
        }

        private void work(Delivery<SimulatedTenant.Row> delivery) {
            if (alive) {
                SeenVersion version =
                        new SeenVersion(delivery.item().id(), delivery.item().updated());
                ledger.processed(version);
                printed = delivery.cursor().toString();
                if (world.killsAtWork()) {
                    world.after(Duration.ofMillis(world.calls().nextLong(1000)), WatchSimulation.this::kill);
                }
                world.after(Duration.ofMillis(world.calls().nextLong(2000)), () -> acknowledge(delivery, version));
            }
        }

        private void acknowledge(Delivery<SimulatedTenant.Row> delivery, SeenVersion version) {
            if (alive) {
                delivery.acknowledge().subscribe(nothing -> {}, failure -> failures.add("ack: " + failure), () -> {
                    ledger.acknowledged(Set.of(version));
                    request(1);
                });
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            ended(failure);
        }

        @Override
        protected void hookOnComplete() {
            failures.add("completed");
        }
    }
}
