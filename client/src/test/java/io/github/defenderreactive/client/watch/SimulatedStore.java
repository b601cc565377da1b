package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A disk that takes its time; what a dead process had not finished to write is not written. */
final class SimulatedStore implements CursorStore {

    private final VirtualTimeScheduler time;
    private final RandomGenerator random;
    private final boolean forgetful;
    private final Set<SeenVersion> seen = new LinkedHashSet<>();
    private @Nullable Cursor cursor;
    private int life;

    /**
     * An empty store.
     *
     * @param forgetful whether it keeps the cursor and nothing else
     */
    SimulatedStore(VirtualTimeScheduler time, RandomGenerator random, boolean forgetful) {
        this.time = time;
        this.random = random;
        this.forgetful = forgetful;
    }

    /** The process that writes is dead. */
    void kill() {
        life++;
    }

    boolean isEmpty() {
        return cursor == null;
    }

    /** The disk is lost with all that is on it. */
    void lose() {
        cursor = null;
        seen.clear();
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
            return Mono.fromSupplier(() -> new Progress(cursor, forgetful ? List.of() : List.copyOf(seen)));
        }

        @Override
        public Mono<Void> acknowledge(SeenVersion version) {
            return written(() -> seen.add(version));
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return written(() -> {
                seen.clear();
                seen.addAll(progress.seen());
                cursor = progress.cursor();
            });
        }

        @Override
        public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return written(() -> {
                forgotten.forEach(seen::remove);
                cursor = to;
            });
        }

        @Override
        public Mono<Void> close() {
            return Mono.empty();
        }
    }
}
