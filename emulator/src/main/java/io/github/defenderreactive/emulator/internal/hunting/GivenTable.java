package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Columns and rows that a test gave, for a query or as a table. */
public final class GivenTable {

    private final List<HuntingColumn> columns;
    private final List<Entity> rows;

    private GivenTable(List<HuntingColumn> columns, List<Entity> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Returns rows with the columns of any of them, in order of occurrence, of the type of their first value.
     *
     * @throws IllegalArgumentException naming the row that is not an object
     */
    public static GivenTable of(Collection<?> given) {
        List<Entity> rows = rows(given);
        Map<String, HuntingColumn.@Nullable Type> types = new LinkedHashMap<>();
        for (Entity row : rows) {
            row.members().forEach((name, value) -> {
                if (types.get(name) == null) {
                    types.put(name, type(value));
                }
            });
        }
        List<HuntingColumn> columns = new ArrayList<>();
        types.forEach(
                (name, type) -> columns.add(new HuntingColumn(name, type == null ? HuntingColumn.Type.TEXT : type)));
        return new GivenTable(columns, rows);
    }

    /**
     * Returns rows with given columns.
     *
     * @param types the types by the names of columns, in the spelling of the service
     * @throws IllegalArgumentException naming the row that is not an object of these columns, or the unknown type
     */
    public static GivenTable of(Map<String, String> types, Collection<?> given) {
        List<HuntingColumn> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(new HuntingColumn(name, type(name, type))));
        List<Entity> rows = rows(given);
        for (int i = 0; i < rows.size(); i++) {
            Entity row = rows.get(i);
            for (String name : row.members().keySet()) {
                if (!types.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "row " + i + " has no column " + name + ", only " + String.join(", ", types.keySet()));
                }
            }
            for (HuntingColumn column : columns) {
                if (column.type() == HuntingColumn.Type.TIME && row.get(column.name()) instanceof String text) {
                    row.with(column.name(), time("row " + i + "." + column.name(), text));
                }
            }
        }
        return new GivenTable(columns, rows);
    }

    private static List<Entity> rows(Collection<?> given) {
        List<Entity> rows = new ArrayList<>();
        for (Object row : given) {
            String place = "row " + rows.size();
            if (!(JsonData.of(place, row) instanceof Map<?, ?> members)) {
                throw new IllegalArgumentException(
                        place + " must be an object with a member for each column, was " + JsonData.shown(row));
            }
            Entity entity = new Entity();
            members.forEach((name, value) -> entity.with(String.valueOf(name), value));
            rows.add(entity);
        }
        return rows;
    }

    private static Instant time(String place, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(place + " must be a time, was " + JsonData.shown(text), e);
        }
    }

    private static HuntingColumn.Type type(String column, String wire) {
        return Arrays.stream(HuntingColumn.Type.values())
                .filter(type -> type.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The type of column " + column + " must be one of "
                        + Arrays.stream(HuntingColumn.Type.values())
                                .map(HuntingColumn.Type::wire)
                                .collect(Collectors.joining(", "))
                        + ", was '" + wire + "'"));
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

    HuntingResult result() {
        return new HuntingResult(columns, rows.stream().map(row -> row));
    }
}
