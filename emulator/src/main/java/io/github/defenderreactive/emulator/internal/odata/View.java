package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item in the form of an API, whose members are computed from the underlying object on demand.
 *
 * @param thing the underlying object
 * @param functions the functions of the members, in the order of the wire
 */
public record View<T>(T thing, Map<String, Function<T, @Nullable Object>> functions) implements Row {

    /** Returns the view with members that are given instead of computed. */
    public View<T> with(Map<String, @Nullable Object> given) {
        if (given.isEmpty()) {
            return this;
        }
        Map<String, Function<T, @Nullable Object>> all = new LinkedHashMap<>(functions);
        given.forEach((name, value) -> all.put(name, any -> value));
        return new View<>(thing, all);
    }

    @Override
    public @Nullable Object get(String member) {
        Function<T, @Nullable Object> found = functions.get(member);
        return found == null ? null : found.apply(thing);
    }

    @Override
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        functions.forEach((name, function) -> members.put(name, function.apply(thing)));
        return Collections.unmodifiableMap(members);
    }

    @Override
    public void writeMembers(JsonWriter out) {
        functions.forEach((name, function) -> {
            out.name(name);
            Values.write(out, function.apply(thing));
        });
    }
}
