package io.github.defenderreactive.client.watch;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Progress that lives as long as this object. */
final class MemoryCursorStore implements CursorStore {

    private Progress kept = Progress.NONE;
    private final List<Seen> added = new ArrayList<>();
    private boolean open;

    @Override
    public Mono<Session> open() {
        return Mono.fromCallable(this::opened);
    }

    private synchronized Session opened() {
        if (open) {
            throw new CursorStoreException("Another watch has this store open", null);
        }
        open = true;
        return new Held();
    }

    private synchronized Progress progress() {
        List<Seen> all = new ArrayList<>(kept.seen());
        all.addAll(added);
        return new Progress(kept.cursor(), all);
    }

    private synchronized void add(Seen seen) {
        added.add(seen);
    }

    private synchronized void keep(Progress progress) {
        kept = progress;
        added.clear();
    }

    private synchronized void release() {
        open = false;
    }

    private final class Held implements Session {

        @Override
        public Mono<Progress> load() {
            return Mono.fromSupplier(MemoryCursorStore.this::progress);
        }

        @Override
        public Mono<Void> acknowledge(Seen seen) {
            return Mono.fromRunnable(() -> add(seen));
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return Mono.fromRunnable(() -> keep(progress));
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(MemoryCursorStore.this::release);
        }
    }
}
