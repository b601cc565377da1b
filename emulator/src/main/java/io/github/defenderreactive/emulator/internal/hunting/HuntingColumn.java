package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a hunting table or result. */
record HuntingColumn(String name, Type type) {

    /** Types of columns, named after those of the query engine of the service. */
    enum Type {
        /** An {@link Instant}, written with seven fraction digits. */
        TIME("DateTime"),
        /** A text, or JSON as text for a value that is not simple. */
        TEXT("String"),
        INT("Int32"),
        LONG("Int64"),
        REAL("Double"),
        /** A boolean, written as 1 or 0. */
        BOOLEAN("SByte"),
        /** A list or an object. */
        OBJECT("Object");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    static HuntingColumn time(String name) {
        return new HuntingColumn(name, Type.TIME);
    }

    static HuntingColumn text(String name) {
        return new HuntingColumn(name, Type.TEXT);
    }

    static HuntingColumn number(String name) {
        return new HuntingColumn(name, Type.LONG);
    }

    /** Writes the type annotation of Microsoft Graph for a value whose JSON form does not show its type. */
    void annotate(JsonWriter out, @Nullable Object value) {
        if (value != null && type == Type.BOOLEAN) {
            out.name(name + "@odata.type").string("#SByte");
        } else if (value instanceof List<?>) {
            out.name(name + "@odata.type").string("#Collection(String)");
        }
    }

    void write(JsonWriter out, @Nullable Object value) {
        out.name(name);
        if (value instanceof Instant time) {
            out.string(SEVEN_DIGITS.format(time));
        } else if (value instanceof Boolean bool) {
            out.number(bool ? 1 : 0);
        } else {
            Values.write(out, value);
        }
    }
}
