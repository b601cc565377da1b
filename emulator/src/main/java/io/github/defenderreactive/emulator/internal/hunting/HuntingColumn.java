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

    /** What the values of a column are; the service names them by the types of its query engine. */
    enum Type {
        /** An {@link Instant}, written with seven fraction digits. */
        TIME("DateTime"),
        /** A text, or anything that is no simple value, which is then JSON inside of the text. */
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

    /** Writes what Microsoft Graph says of a value whose type JSON does not tell: a member beside that of the column. */
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
