package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item in the form of an API, whose members are computed from the underlying object on demand.
 *
 * @param thing the underlying object
 * @param members the functions of the members, in the order of the wire
 */
public record View<T>(T thing, Map<String, Function<T, @Nullable Object>> members) implements Row {

    @Override
    public @Nullable Object get(String member) {
        Function<T, @Nullable Object> found = members.get(member);
        return found == null ? null : found.apply(thing);
    }

    @Override
    public void writeMembers(JsonWriter out) {
        members.forEach((name, member) -> {
            out.name(name);
            Values.write(out, member.apply(thing));
        });
    }
}
