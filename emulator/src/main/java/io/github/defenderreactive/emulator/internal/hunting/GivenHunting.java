package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows and the limits that a test gave for hunting queries. The last rows are tried first. */
public final class GivenHunting {

    private final List<Function<String, ? extends @Nullable Collection<?>>> sources = new CopyOnWriteArrayList<>();
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

    /** Adds a function that returns the rows of a query, or null for a query it does not know. */
    public void add(Function<String, ? extends @Nullable Collection<?>> rows) {
        sources.add(0, rows);
    }

    /** Returns the result of a query; null if no rows were given for it. */
    @Nullable
    HuntingResult run(String query) {
        for (Function<String, ? extends @Nullable Collection<?>> source : sources) {
            Collection<?> rows = source.apply(query);
            if (rows != null) {
                return result(rows(rows));
            }
        }
        return null;
    }

    /**
     * Returns the rows as maps from column to value.
     *
     * @throws IllegalArgumentException naming the row that is not one
     */
    public static List<Map<?, ?>> rows(Collection<?> given) {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (Object row : given) {
            String place = "row " + rows.size();
            if (JsonData.of(place, row) instanceof Map<?, ?> members) {
                rows.add(members);
            } else {
                throw new IllegalArgumentException(
                        place + " must be an object with a member for each column, was " + JsonData.shown(row));
            }
        }
        return rows;
    }

    /** Returns the rows with the columns of any row, in order of occurrence, of the type of their first value. */
    private static HuntingResult result(List<Map<?, ?>> rows) {
        Map<String, HuntingColumn.@Nullable Type> types = new LinkedHashMap<>();
        for (Map<?, ?> row : rows) {
            row.forEach((name, value) -> {
                String column = String.valueOf(name);
                if (types.get(column) == null) {
                    types.put(column, type(value));
                }
            });
        }
        List<HuntingColumn> columns = new ArrayList<>();
        types.forEach(
                (name, type) -> columns.add(new HuntingColumn(name, type == null ? HuntingColumn.Type.TEXT : type)));
        return new HuntingResult(columns, rows.stream().map(GivenHunting::row));
    }

    private static Row row(Map<?, ?> members) {
        Entity row = new Entity();
        members.forEach((name, value) -> row.with(String.valueOf(name), value));
        return row;
    }

    private static HuntingColumn.@Nullable Type type(@Nullable Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Instant) {
            return HuntingColumn.Type.TIME;
        } else if (value instanceof Boolean) {
            return HuntingColumn.Type.BOOLEAN;
        } else if (value instanceof Long) {
            return HuntingColumn.Type.LONG;
        } else if (value instanceof BigDecimal || value instanceof Double) {
            return HuntingColumn.Type.REAL;
        }
        return value instanceof String ? HuntingColumn.Type.TEXT : HuntingColumn.Type.OBJECT;
    }
}
