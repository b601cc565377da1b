package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.client.graph.model.HuntingQueryColumn;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonToken;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The columns of one result, which its rows share. */
final class ResultColumns {

    private static final String SCHEMA = "schema";

    private final Map<String, HuntingColumn> byName;
    private final List<HuntingColumn> all;
    private final Map<Class<?>, RecordMapping<?>> mappings = new ConcurrentHashMap<>();

    private ResultColumns(Map<String, HuntingColumn> byName) {
        this.byName = byName;
        this.all = List.copyOf(byName.values());
    }

    /** Returns the columns in the members before the rows, or null if there are none. */
    static @Nullable ResultColumns of(Map<String, JsonValue> members) {
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            if (member.getKey().equalsIgnoreCase(SCHEMA) && member.getValue().kind() == JsonToken.ARRAY) {
                return new ResultColumns(member.getValue().decode(ResultColumns::read));
            }
        }
        return null;
    }

    private static Map<String, HuntingColumn> read(JsonReader in) {
        Map<String, HuntingColumn> columns = new LinkedHashMap<>();
        in.beginArray();
        while (in.nextElement()) {
            HuntingQueryColumn column = in.objectOrNull(HuntingQueryColumn::read);
            String name = column == null ? null : column.name();
            if (column != null && name != null) {
                String type = column.type();
                columns.putIfAbsent(name, new HuntingColumn(name, type == null ? "" : type));
            }
        }
        return columns;
    }

    /** Returns the columns of a row of a result without a list of columns. */
    static ResultColumns named(Set<String> names) {
        Map<String, HuntingColumn> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, new HuntingColumn(name, "")));
        return new ResultColumns(columns);
    }

    List<HuntingColumn> all() {
        return all;
    }

    /**
     * Returns a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    HuntingColumn column(String name) {
        HuntingColumn column = byName.get(name);
        if (column == null) {
            throw new IllegalArgumentException("column must be one of " + byName.keySet() + ", was '" + name + "'");
        }
        return column;
    }

    /** Returns the columns that have a name in any letter case. */
    List<HuntingColumn> ignoringCase(String name) {
        HuntingColumn exact = byName.get(name);
        if (exact != null) {
            return List.of(exact);
        }
        List<HuntingColumn> found = new ArrayList<>();
        for (HuntingColumn column : all) {
            if (column.name().equalsIgnoreCase(name)) {
                found.add(column);
            }
        }
        return found;
    }

    Set<String> names() {
        return byName.keySet();
    }

    /**
     * Returns the mapping of these columns to a record.
     *
     * @throws IllegalArgumentException if the type is not a record that can be mapped
     * @throws HuntingMappingException if the columns do not fit it
     */
    @SuppressWarnings("unchecked") // a mapping is stored under the type of its records
    <R extends Record> RecordMapping<R> mapping(Class<R> type) {
        RecordMapping<?> known = mappings.get(type);
        if (known == null) {
            known = RecordMapping.of(RecordShape.of(type), this);
            mappings.put(type, known);
        }
        return (RecordMapping<R>) known;
    }
}
