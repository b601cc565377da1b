package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The devices that can run scans: some of those with Windows. */
final class ScanAgents {

    private static final int MOST = 3;
    private static final int LOOKED_AT = 100;

    private final Organisation organisation;
    private final Machines machines;
    private final List<Integer> devices;

    ScanAgents(Organisation organisation, Machines machines) {
        this.organisation = organisation;
        this.machines = machines;
        List<Integer> windows = IntStream.range(0, Math.min(machines.end(), LOOKED_AT))
                .filter(device -> machines.platformName(device).startsWith("Windows"))
                .limit(MOST)
                .boxed()
                .toList();
        this.devices = windows.isEmpty() ? List.of(0) : windows;
    }

    String organisationId() {
        return Seeded.uuid(organisation.seed(), 0, 121);
    }

    List<Integer> devices() {
        return devices;
    }

    String machineId(int device) {
        return machines.id(device);
    }

    /**
     * Returns the device of an agent.
     *
     * @param id the id of the device, or of the agent, which combines those of the organisation and the device
     * @throws Problem 404 if there is none
     */
    int find(String id) {
        String prefix = organisationId() + "_";
        int device = machines.byId(id.startsWith(prefix) ? id.substring(prefix.length()) : id);
        if (!devices.contains(device)) {
            throw Problem.notFound("Scan agent", id);
        }
        return device;
    }

    /** Returns an agent as the list shows it, with some names that begin with a capital. */
    Entity listed(int device) {
        return entity(device, "computerDnsName", machines.name(device), true);
    }

    /**
     * Returns an agent as a definition shows it: the list has names that begin with a capital, a changed definition
     * does not.
     */
    Entity embedded(int device, boolean capitals) {
        return entity(device, "machineName", machines.name(device).split("\\.", 2)[0], capitals);
    }

    private Entity entity(int device, String nameMember, String name, boolean capitals) {
        Entity machine = machines.entity(device);
        Object seen = machine.get("lastSeen");
        return new Entity()
                .with("id", organisationId() + "_" + machines.id(device))
                .with("machineId", machines.id(device))
                .with(nameMember, name)
                .with("lastSeen", seen)
                .with(spelled("assignedApplicationId", capitals), Seeded.uuid(organisation.seed(), device, 122))
                .with(spelled("scannerSoftwareVersion", capitals), "9.4." + device % 7)
                .with(spelled("lastCommandExecutionTimestamp", capitals), seen)
                .with("mdeClientVersion", machine.get("agentVersion"));
    }

    private static String spelled(String name, boolean capital) {
        return capital ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name;
    }
}
