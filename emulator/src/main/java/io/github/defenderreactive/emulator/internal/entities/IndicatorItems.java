package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indicators as tests change them, expired ones included. */
final class IndicatorItems implements Items {

    private final Indicators indicators;

    IndicatorItems(Indicators indicators) {
        this.indicators = indicators;
    }

    Kind kind() {
        return new Kind("indicators", "an indicator", "listIndicators", Set.of("id"), this);
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        return indicators.give(members);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        return all().filter(members -> id.equals(members.get("id"))).findFirst().orElse(null);
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        indicators.change(id, members);
    }

    @Override
    public void remove(String id) {
        indicators.delete(List.of(id));
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return indicators.all().stream().map(Entity::members).map(Values::plainMembers);
    }
}
