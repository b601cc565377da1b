package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.cursor.LeaseLostException;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Progress in a table: a row with the cursor and the number of the lease, and a row for each version. */
final class TableCursorStore implements CursorStore {

    /** Represents a database: each change is a transaction. */
    static final class Table {

        private final Set<SeenVersion> versions = new LinkedHashSet<>();
        private Cursor cursor;
        private long lease;
        private boolean leased;

        /** Acquires the lease if it is free, and returns its number. */
        synchronized long takeLease() {
            if (leased) {
                throw new CursorStoreException("Another watch has the lease of this table", null);
            }
            leased = true;
            return ++lease;
        }

        /** Ends the lease, as time does if it is not renewed. */
        synchronized void expireLease() {
            leased = false;
        }

        synchronized void returnLease(long number) {
            if (number == lease) {
                leased = false;
            }
        }

        /** Changes the table if the caller still holds the lease. */
        synchronized void change(long number, Consumer<Table> change) {
            if (number != lease || !leased) {
                throw new LeaseLostException("The lease of this table has expired", null);
            }
            change.accept(this);
        }

        synchronized Progress progress() {
            return new Progress(cursor, List.copyOf(versions));
        }
    }

    private final Table table;

    TableCursorStore(Table table) {
        this.table = table;
    }

    @Override
    public Mono<Session> open() {
        return Mono.fromCallable(() -> new TableSession(table, table.takeLease()));
    }

    // tag::store[]
    record TableSession(Table table, long lease) implements CursorStore.Session {

        @Override
        public Mono<Progress> load() {
            return Mono.fromCallable(table::progress);
        }

        @Override
        public Mono<Void> acknowledge(SeenVersion seen) {
            return change(t -> t.versions.add(seen));
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return change(t -> {
                t.cursor = progress.cursor();
                t.versions.clear();
                t.versions.addAll(progress.seen());
            });
        }

        @Override
        public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return change(t -> {
                t.cursor = to;
                forgotten.forEach(t.versions::remove);
            });
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(() -> table.returnLease(lease));
        }

        private Mono<Void> change(Consumer<Table> transaction) {
            return Mono.fromRunnable(() -> table.change(lease, transaction));
        }
    }
    // end::store[]
}
