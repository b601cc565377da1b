package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.json.JsonObject;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item or response with few members, which is built as a whole. */
public final class Entity implements Row, JsonObject {

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** Adds a member, or replaces its value and keeps its position. */
    public Entity with(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    public Entity withAll(Map<String, @Nullable Object> values) {
        members.putAll(values);
        return this;
    }

    @Override
    public Map<String, @Nullable Object> members() {
        return Collections.unmodifiableMap(members);
    }

    @Override
    public @Nullable Object get(String member) {
        return members.get(member);
    }

    @Override
    public void writeMembers(JsonWriter out) {
        Values.writeMembers(out, members);
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
