package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What connectors usually do, in the same {@link SimulatedWorld}: {@code lastUpdateTime gt last}, pages by {@code $top} and
 * {@code $skip} until a short one, and the newest update read as the next {@code last}, kept when the poll is done.
 *
 * <p>A careful one: it takes a page only when it has arrived as a whole, makes failed calls again for as long as it helps,
 * and computes the newest update instead of trusting the order.
 */
final class UsualReader {

    private final SimulatedWorld world;
    private final Ledger ledger = new Ledger();
    private Instant kept;
    private @Nullable Disposable running;

    private UsualReader(long seed, SimulatedTenant.Lateness lateness) {
        this.world = new SimulatedWorld(seed, lateness, false);
        // The first alert is updated at the start itself, which gt leaves out: that is not what this is about.
        this.kept = world.tenant().start().minusNanos(100);
    }

    static Ledger.Counts run(long seed, SimulatedTenant.Lateness lateness) {
        return new UsualReader(seed, lateness).run();
    }

    private Ledger.Counts run() {
        world.run(this::begin, this::kill);
        end();
        return ledger.counts(world.tenant().newest());
    }

    private void begin() {
        SimulatedClient client = world.client();
        running = Mono.defer(() -> poll(client))
                .then(Mono.delay(world.every(), world.time()))
                .repeat()
                .subscribe(tick -> {}, failure -> {
                    end();
                    beginWithin(Duration.ofMinutes(10));
                });
    }

    private void kill() {
        if (running != null) {
            end();
            beginWithin(Duration.ofMinutes(40));
        }
    }

    private void beginWithin(Duration most) {
        world.after(Duration.ofMillis(world.calls().nextLong(most.toMillis())), this::begin);
    }

    private void end() {
        Disposable ending = running;
        running = null;
        if (ending != null) {
            ending.dispose();
        }
        ledger.ended();
    }

    private Mono<Void> poll(SimulatedClient client) {
        Newest newest = new Newest(kept);
        return pages(client, SimulatedTenant.Query.after(kept), 0, newest).then(Mono.fromRunnable(() -> {
            kept = newest.time;
            ledger.acknowledged(ledger.ofThisLife());
        }));
    }

    private Mono<Void> pages(SimulatedClient client, SimulatedTenant.Query query, int skip, Newest newest) {
        return page(client, query, skip)
                .flatMap(rows -> Flux.fromIterable(rows)
                        .concatMap(row -> processed(row, newest))
                        .then(Mono.defer(() -> rows.size() < world.pageSize()
                                ? Mono.empty()
                                : pages(client, query, skip + rows.size(), newest))));
    }

    private Mono<List<SimulatedTenant.Row>> page(SimulatedClient client, SimulatedTenant.Query query, int skip) {
        return client.call(query, skip)
                .flatMap(answer -> answer.failure() == null ? Mono.just(answer.rows()) : Mono.error(answer.failure()))
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> again(signal.failure()))));
    }

    private Publisher<Long> again(Throwable failure) {
        if (!(failure instanceof TransientDefenderException) && !(failure instanceof DecodeException)) {
            return Mono.error(failure);
        }
        Duration asked = failure instanceof ThrottledException throttled ? throttled.retryAfter() : null;
        return Mono.delay(asked == null ? Duration.ofSeconds(5) : asked, world.time());
    }

    private Mono<Void> processed(SimulatedTenant.Row row, Newest newest) {
        return Mono.delay(world.work(), world.time())
                .doOnNext(tick -> {
                    ledger.processed(new SeenVersion(row.id(), row.updated()));
                    newest.read(row.updated());
                    if (world.killsAtWork()) {
                        world.after(Duration.ofMillis(world.calls().nextLong(1000)), this::kill);
                    }
                })
                .then();
    }

    private static final class Newest {

        private Instant time;

        Newest(Instant time) {
            this.time = time;
        }

        void read(Instant updated) {
            if (updated.isAfter(time)) {
                time = updated;
            }
        }
    }
}
