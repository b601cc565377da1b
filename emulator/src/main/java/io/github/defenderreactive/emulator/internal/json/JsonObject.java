package io.github.defenderreactive.emulator.internal.json;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object whose members can be read by name. */
public interface JsonObject extends JsonEncodable {

    /** Returns the members in the order of the wire, read-only. */
    Map<String, @Nullable Object> members();
}
