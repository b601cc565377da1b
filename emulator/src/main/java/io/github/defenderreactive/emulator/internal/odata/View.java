package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item as one API shows it: each member follows from the thing behind it when it is asked for.
 *
 * @param thing what is shown
 * @param members how, in the order of the wire
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
