package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The response actions as tests change them. */
final class ActionItems implements Items {

    private final Machines machines;
    private final MachineActions actions;

    ActionItems(Machines machines, MachineActions actions) {
        this.machines = machines;
        this.actions = actions;
    }

    Kind kind() {
        return new Kind("machineActions", "an action", "listMachineActions", Set.of("id", "machineId"), this);
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        Object machine = members.get("machineId");
        int device = machine instanceof String id ? machines.byId(id) : -1;
        if (device < 0) {
            throw new IllegalArgumentException(
                    "action member machineId must be the id of a machine, was " + JsonData.shown(machine));
        }
        return actions.add(device, members).id();
    }

    private @Nullable MachineAction action(String id) {
        try {
            return actions.get(id);
        } catch (Problem e) {
            return null;
        }
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        MachineAction action = action(id);
        return action == null
                ? null
                : Values.plainMembers(action.entity(machines, actions.now()).members());
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        actions.get(id).give(members, actions.now());
    }

    @Override
    public void remove(String id) {
        actions.remove(actions.get(id));
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return actions.entities().stream().map(Entity::members).map(Values::plainMembers);
    }
}
