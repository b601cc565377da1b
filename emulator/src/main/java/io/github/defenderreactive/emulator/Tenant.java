package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state behind the API, for tests to look at and to change as if the service had done so. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Tenant {

    private static final Set<String> FIXED = Set.of("id", "alertCreationTime", "machineId");

    private final Alerts alerts;
    private final Machines machines;
    private final MachineActions actions;
    private final ScanDefinitions scans;
    private final Supplier<Instant> now;

    Tenant(Alerts alerts, Machines machines, MachineActions actions, ScanDefinitions scans, Supplier<Instant> now) {
        this.alerts = alerts;
        this.machines = machines;
        this.actions = actions;
        this.scans = scans;
        this.now = now;
    }

    /**
     * Number of alerts the emulator began with.
     *
     * @return the size
     */
    public long generatedAlerts() {
        return alerts.size();
    }

    /**
     * Id of an alert by its place in time.
     *
     * @param index 0 for the oldest alert, {@link #generatedAlerts()} - 1 for the newest of those generated
     * @return the id
     */
    public String alertId(long index) {
        if (index < 0 || index >= alerts.size()) {
            throw new IndexOutOfBoundsException("Alert " + index + " of " + alerts.size());
        }
        return alerts.row(index, false).id();
    }

    /**
     * An alert as the API shows it.
     *
     * @param id its id
     * @return its members, times as {@link Instant}; read-only
     * @throws IllegalArgumentException if there is no such alert
     */
    public Map<String, @Nullable Object> alert(String id) {
        AlertRow row = find(id);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (AlertMember member : AlertMember.values()) {
            members.put(member.json(), row.value(member));
        }
        return members;
    }

    /**
     * Changes members of an alert. Its {@code lastUpdateTime} moves to the emulator's time unless it is given.
     *
     * @param id its id
     * @param members new values in wire spelling, times as {@link Instant}
     * @throws IllegalArgumentException if there is no such alert, a member is unknown, or one that never changes
     */
    public void updateAlert(String id, Map<String, ? extends @Nullable Object> members) {
        AlertRow row = find(id);
        checkNames(members.keySet());
        for (String name : members.keySet()) {
            if (FIXED.contains(name)) {
                throw new IllegalArgumentException(name + " never changes");
            }
        }
        alerts.change(row.index(), changes -> {
            changes.put("lastUpdateTime", now.get());
            changes.putAll(members);
            return changes;
        });
    }

    /**
     * Adds an alert that was created now, by the emulator's clock.
     *
     * @param members members that shall not be computed, in wire spelling; may be empty
     * @return its id
     * @throws IllegalArgumentException if a member is unknown
     */
    public String addAlert(Map<String, ? extends @Nullable Object> members) {
        return addAlert(now.get(), members);
    }

    /**
     * Adds an alert.
     *
     * @param created its creation time; cut to 100 ns
     * @param members members that shall not be computed, in wire spelling; may be empty
     * @return its id
     * @throws IllegalArgumentException if a member is unknown
     */
    public String addAlert(Instant created, Map<String, ? extends @Nullable Object> members) {
        checkNames(members.keySet());
        if (members.get("machineId") instanceof String machine && machines.byId(machine) < 0) {
            throw new IllegalArgumentException("No machine " + machine);
        }
        return alerts.add(new LinkedHashMap<>(members), created).id();
    }

    /**
     * Number of devices.
     *
     * @return the count, at least 5
     */
    public int machines() {
        return machines.count();
    }

    /**
     * Id of a device by its place in the list, which is ordered by id.
     *
     * @param index from 0 to {@link #machines()} - 1
     * @return the id
     */
    public String machineId(int index) {
        if (index < 0 || index >= machines.count()) {
            throw new IndexOutOfBoundsException("Machine " + index + " of " + machines.count());
        }
        return machines.id(index);
    }

    /**
     * A device as the API shows it.
     *
     * @param id its id
     * @return its members, times as {@link Instant}; read-only
     * @throws IllegalArgumentException if there is no such device
     */
    public Map<String, @Nullable Object> machine(String id) {
        return machines.entity(device(id)).members();
    }

    /**
     * Changes a member of a device.
     *
     * @param id its id
     * @param member a member in wire spelling, not the id
     * @param value its new value
     * @throws IllegalArgumentException if there is no such device or member
     */
    public void updateMachine(String id, String member, @Nullable Object value) {
        int device = device(id);
        if (member.equals("id") || !machines.entity(device).members().containsKey(member)) {
            throw new IllegalArgumentException("A machine has no changeable member " + member);
        }
        machines.change(device, member, value);
    }

    /**
     * Ids of the response actions that can be seen, latest first.
     *
     * @return the ids
     */
    public List<String> actionIds() {
        return actions.entities().stream()
                .map(entity -> String.valueOf(entity.get("id")))
                .toList();
    }

    /**
     * Ends a response action now, whatever its time.
     *
     * @param id its id
     * @param status the status it ends with, such as {@code Failed} or {@code TimeOut}
     * @throws IllegalArgumentException if there is no such action
     */
    public void endAction(String id, String status) {
        try {
            actions.get(id).end(status, actions.now());
        } catch (Problem e) {
            throw new IllegalArgumentException(e.text());
        }
    }

    /**
     * Ids of the sessions of a scan definition, which the API takes but never tells.
     *
     * @param definitionId id of the definition
     * @return the ids, latest first; empty when it has not run in the last 30 days or does not exist
     */
    public List<String> scanSessionIds(String definitionId) {
        return scans.runs(List.of(definitionId)).stream().map(ScanRun::session).toList();
    }

    private AlertRow find(String id) {
        AlertRow row = alerts.find(id);
        if (row == null) {
            throw new IllegalArgumentException("No alert " + id);
        }
        return row;
    }

    private int device(String id) {
        int device = machines.byId(id.toLowerCase(Locale.ROOT));
        if (device < 0) {
            throw new IllegalArgumentException("No machine " + id);
        }
        return device;
    }

    private static void checkNames(Set<String> names) {
        for (String name : names) {
            AlertMember member = AlertMember.of(name);
            if (member == null || !member.json().equals(name)) {
                throw new IllegalArgumentException("An alert has no member " + name);
            }
        }
    }
}
