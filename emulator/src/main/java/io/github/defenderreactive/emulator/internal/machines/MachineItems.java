package io.github.defenderreactive.emulator.internal.machines;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The devices as tests change them. */
public final class MachineItems implements Items {

    private final Machines machines;

    private MachineItems(Machines machines) {
        this.machines = machines;
    }

    public static Kind of(Machines machines) {
        return new Kind("machines", "a machine", "listMachines", Set.of("id"), new MachineItems(machines));
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        return machines.add(members);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        int device = machines.byId(id);
        return device < 0 ? null : plain(device);
    }

    private Map<String, @Nullable Object> plain(int device) {
        return Values.plainMembers(machines.entity(device).members());
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        machines.change(machines.byId(id), members);
    }

    @Override
    public void remove(String id) {
        machines.remove(machines.byId(id));
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return machines.devices().mapToObj(this::plain);
    }

    @Override
    public long count() {
        return machines.count();
    }
}
