package io.github.defenderreactive.client.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A disk that takes its time; what a dead process had not finished to write is not written. */
final class SimulatedStore implements CursorStore {

    private final VirtualTimeScheduler time;
    private final RandomGenerator random;
    private final boolean forgetful;
    private Progress kept = Progress.NONE;
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
        return kept.cursor() == null;
    }

    /** The disk is lost with all that is on it. */
    void lose() {
        kept = Progress.NONE;
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
            return Mono.fromSupplier(() -> forgetful ? new Progress(kept.cursor(), List.of()) : kept);
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
        public Mono<Void> advance(Cursor to, Collection<Seen> forgotten) {
            return written(() -> {
                List<Seen> left = new ArrayList<>(kept.seen());
                left.removeAll(forgotten);
                kept = new Progress(to, left);
            });
        }

        @Override
        public Mono<Void> close() {
            return Mono.empty();
        }
    }
}
