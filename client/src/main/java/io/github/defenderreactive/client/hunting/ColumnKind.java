package io.github.defenderreactive.client.hunting;

import java.util.Locale;
import java.util.Map;

/** Kinds of columns, from the types of the query engine. */
enum ColumnKind {
    TEXT,
    TIME,
    SPAN,
    /** An integer, or a boolean that is written as one. */
    SMALL,
    WHOLE,
    REAL,
    BOOLEAN,
    DYNAMIC,
    /** A type that this library does not know; each value shows whether it fits. */
    UNKNOWN;

    private static final Map<String, ColumnKind> BY_TYPE = Map.ofEntries(
            Map.entry("string", TEXT),
            Map.entry("guid", TEXT),
            Map.entry("datetime", TIME),
            Map.entry("timespan", SPAN),
            Map.entry("sbyte", SMALL),
            Map.entry("byte", SMALL),
            Map.entry("int16", WHOLE),
            Map.entry("int32", WHOLE),
            Map.entry("int64", WHOLE),
            Map.entry("int", WHOLE),
            Map.entry("long", WHOLE),
            Map.entry("double", REAL),
            Map.entry("single", REAL),
            Map.entry("real", REAL),
            Map.entry("decimal", REAL),
            Map.entry("sqldecimal", REAL),
            Map.entry("boolean", BOOLEAN),
            Map.entry("bool", BOOLEAN),
            Map.entry("object", DYNAMIC),
            Map.entry("dynamic", DYNAMIC));

    static ColumnKind of(HuntingColumn column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        return BY_TYPE.getOrDefault(type.substring(type.lastIndexOf('.') + 1), UNKNOWN);
    }
}
