package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of a collection, readable by member for filters, and writable for the response. */
public interface Row extends JsonEncodable {

    /** Returns the member's value as a Java value: String, Number, Boolean, Instant, List or null. */
    @Nullable
    Object get(String member);

    /** Returns the members in the order of the wire, read-only. */
    Map<String, @Nullable Object> members();

    /** Writes the members without the braces around them. */
    void writeMembers(JsonWriter out);

    @Override
    default void write(JsonWriter out) {
        out.beginObject();
        writeMembers(out);
        out.endObject();
    }
}
