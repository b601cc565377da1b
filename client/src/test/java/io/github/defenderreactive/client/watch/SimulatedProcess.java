package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A process with a watch of a collection that has rules of its own, on virtual time, computed from a seed. Calls fail, also
 * in the middle of a page; the consumer is slow and acknowledges late; the process is killed and begins again from its store.
 */
abstract class SimulatedProcess<T> {

    private static final ErrorContext CONTEXT = ErrorContext.of("list");

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    /** Draws what happens in the tenant. */
    final SplittableRandom history;
    /** Draws what depends on the calls. */
    final SplittableRandom calls;

    final List<String> failures = new ArrayList<>();
    int kills;

    static final Duration BEGINNING = Duration.ofMinutes(15);

    private final SimulatedStore store;
    private final Duration busy;
    private final Duration quiet;
    private final Duration skew;
    private final int pageSize;
    private double faultRate;
    private long faultsUntil;
    private @Nullable Consumption consumer;

    SimulatedProcess(long seed, Duration busy, Duration quiet) {
        this.history = new SplittableRandom(seed);
        this.calls = history.split();
        this.busy = busy;
        this.quiet = quiet;
        time.advanceTimeBy(Duration.ofDays(400));
        this.store = new SimulatedStore(time, calls, false);
        this.skew = Duration.ofSeconds(history.nextInt(-600, 600));
        this.pageSize = history.nextInt(4, 12);
        this.faultRate = history.nextInt(3) * 0.08;
    }

    /** A source with the memory of a new process. */
    abstract PollSource<T> source();

    abstract ItemAccessors<T> accessors();

    abstract WatchOptions options();

    /** The consumer has dealt with an item, and its acknowledgement is still to come. */
    abstract void processed(T item);

    abstract void acknowledged(T item);

    /** The process has ended with what it had not acknowledged. */
    abstract void ended();

    /** The service's time. */
    final Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(skew);
    }

    final void after(Duration delay, Runnable event) {
        time.schedule(event, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** At some time while the tenant is busy, when the first watch has read where it begins. */
    final void sometime(Runnable event) {
        after(BEGINNING.plusMillis(history.nextLong(busy.minus(BEGINNING).toMillis())), event);
    }

    final void run() {
        for (int i = history.nextInt(5); i > 0; i--) {
            sometime(this::kill);
        }
        faultsUntil = time.now(TimeUnit.MILLISECONDS) + busy.toMillis();
        after(busy, () -> faultRate = 0);
        begin();
        time.advanceTimeBy(busy.plus(quiet));
        end();
    }

    // ---- the service -------------------------------------------------------------------------------------------

    /** A list that is cut into pages; each is computed when it is asked for. */
    final <R> PagedFlux<R> list(Supplier<List<R>> rows) {
        return new SimulatedList<>(listener -> page(rows, 0, listener));
    }

    private <R> Flux<R> page(Supplier<List<R>> rows, int skip, Consumer<? super ResponseInfo> listener) {
        return Mono.delay(Duration.ofMillis(calls.nextInt(20, 3_000)), time).flatMapMany(tick -> {
            boolean fails = calls.nextDouble() < faultRate;
            if (fails && calls.nextBoolean()) {
                return Flux.error(
                        switch (calls.nextInt(3)) {
                            case 0 ->
                                new ThrottledException("slow down", Duration.ofSeconds(calls.nextLong(1, 90)), CONTEXT);
                            case 1 -> new ServiceException("unwell", null, CONTEXT);
                            default -> new ConnectionException("reset", true, CONTEXT, null);
                        });
            }
            listener.accept(new ResponseInfo(200, now().truncatedTo(ChronoUnit.SECONDS), null));
            List<R> all = rows.get();
            int end = Math.min(all.size(), skip + pageSize);
            List<R> some = skip >= end ? List.of() : all.subList(skip, end);
            if (fails) {
                return Flux.fromIterable(some.subList(0, calls.nextInt(some.size() + 1)))
                        .concatWith(Flux.error(new ConnectionException("cut off", true, CONTEXT, null)));
            }
            Flux<R> page = Flux.fromIterable(some);
            return end < all.size() ? page.concatWith(Flux.defer(() -> page(rows, end, listener))) : page;
        });
    }

    // ---- the process -------------------------------------------------------------------------------------------

    private void begin() {
        Consumption next = new Consumption();
        consumer = next;
        Flux.usingWhen(
                        store.open(),
                        session -> new WatchEngine<>(
                                        source(),
                                        accessors(),
                                        options(),
                                        session,
                                        new Guard(),
                                        time,
                                        () -> time.now(TimeUnit.NANOSECONDS),
                                        calls::nextDouble)
                                .deliveries(),
                        CursorStore.Session::close)
                .subscribe(next);
    }

    private void kill() {
        if (consumer != null) {
            kills++;
            end();
            after(Duration.ofMillis(calls.nextLong(busy.toMillis() / 4)), this::begin);
        }
    }

    /** Nothing of the process does anything any more, as after kill -9. */
    private void end() {
        Consumption running = consumer;
        consumer = null;
        store.kill();
        if (running != null) {
            running.alive = false;
            running.cancel();
            ended();
        }
    }

    /** Takes some at once, is slow now and then, and acknowledges a while after it has done its work. */
    private final class Consumption extends BaseSubscriber<Delivery<T>> {

        private boolean alive = true;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(calls.nextInt(1, 6));
        }

        @Override
        protected void hookOnNext(Delivery<T> delivery) {
            boolean stalls = calls.nextInt(200) == 0;
            long work = calls.nextLong(stalls ? Duration.ofMinutes(20).toMillis() : 800);
            after(Duration.ofMillis(work), () -> work(delivery));
        }

        private void work(Delivery<T> delivery) {
            if (alive) {
                processed(delivery.item());
                if (faultsUntil > time.now(TimeUnit.MILLISECONDS) && calls.nextInt(30) == 0) {
                    after(Duration.ofMillis(calls.nextLong(1_000)), SimulatedProcess.this::kill);
                }
                after(Duration.ofMillis(calls.nextLong(2_000)), () -> acknowledge(delivery));
            }
        }

        private void acknowledge(Delivery<T> delivery) {
            if (alive) {
                delivery.acknowledge().subscribe(nothing -> {}, failure -> failures.add("ack: " + failure), () -> {
                    acknowledged(delivery.item());
                    request(1);
                });
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            failures.add(String.valueOf(failure));
        }

        @Override
        protected void hookOnComplete() {
            failures.add("completed");
        }
    }
}
