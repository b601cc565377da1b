package io.github.defenderreactive.client.cursor;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A store that keeps its progress as long as this object exists. */
final class MemoryCursorStore implements CursorStore {

    private final Set<SeenVersion> seen = new LinkedHashSet<>();
    private @Nullable Cursor cursor;
    private boolean open;

    @Override
    public Mono<Session> open() {
        return Mono.fromCallable(this::opened);
    }

    private synchronized Session opened() {
        if (open) {
            throw new CursorStoreException("Another watch has opened this store", null);
        }
        open = true;
        return new Held();
    }

    private synchronized Progress progress() {
        return new Progress(cursor, List.copyOf(seen));
    }

    private synchronized void add(SeenVersion version) {
        seen.add(version);
    }

    private synchronized void keep(Progress progress) {
        cursor = progress.cursor();
        seen.clear();
        seen.addAll(progress.seen());
    }

    private synchronized void move(Cursor to, Collection<SeenVersion> forgotten) {
        cursor = to;
        forgotten.forEach(seen::remove);
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
        public Mono<Void> acknowledge(SeenVersion version) {
            return Mono.fromRunnable(() -> add(version));
        }

        @Override
        public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return Mono.fromRunnable(() -> move(to, forgotten));
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
