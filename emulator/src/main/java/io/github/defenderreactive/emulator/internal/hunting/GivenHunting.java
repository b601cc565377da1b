package io.github.defenderreactive.emulator.internal.hunting;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows, tables and limits that a test gave for hunting. The last rows are tried first. */
public final class GivenHunting {

    private final List<Function<String, @Nullable GivenTable>> sources = new CopyOnWriteArrayList<>();
    private final Map<String, GivenTable> tables = new ConcurrentHashMap<>();
    private volatile int mostRows = HuntingResult.MOST_ROWS;
    private volatile int mostBytes = HuntingBody.MOST_BYTES;

    /** Sets the limits of a response. */
    public void limit(int rows, int bytes) {
        mostRows = rows;
        mostBytes = bytes;
    }

    int mostRows() {
        return mostRows;
    }

    int mostBytes() {
        return mostBytes;
    }

    /** Adds the result of queries. */
    public void add(Predicate<String> queries, GivenTable result) {
        sources.add(0, query -> queries.test(query) ? result : null);
    }

    /** Adds a function that returns the rows of a query, or null for a query it does not know. */
    public void add(Function<String, ? extends @Nullable Collection<?>> rows) {
        sources.add(0, query -> {
            Collection<?> found = rows.apply(query);
            return found == null ? null : GivenTable.of(found);
        });
    }

    /** Adds a table, or replaces one. */
    public void table(String name, GivenTable table) {
        tables.put(name, table);
    }

    /** Returns the result of a query; null if none was given for it. */
    @Nullable
    HuntingResult run(String query) {
        for (Function<String, @Nullable GivenTable> source : sources) {
            GivenTable result = source.apply(query);
            if (result != null) {
                return result.result();
            }
        }
        return null;
    }

    /** Returns a table; null if none of this name was given. */
    @Nullable
    HuntingResult table(String name) {
        GivenTable table = tables.get(name);
        return table == null ? null : table.result();
    }
}
