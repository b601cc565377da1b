package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.actions.MachineAction;
import io.github.defenderreactive.emulator.internal.admission.GivenData;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.hunting.GivenHunting;
import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.scans.ScanRun;
import io.github.defenderreactive.emulator.internal.service.TenantState;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.OpenEnum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of the tenant, which tests can read and change. Thread-safe.
 *
 * <p>Data is given as a map with members in wire spelling or as a model of the client. Values in a map are texts,
 * numbers, booleans, collections, arrays, maps, null, times as {@link Instant} or as text, and models and enumerations
 * of the client at any depth. Everything is checked against the API description when it is given: a member that is
 * unknown or of another type throws an {@link IllegalArgumentException} that names the member, the expected type and
 * the given value. A value that an open enumeration does not list is accepted unless it differs from a listed one in
 * letter case or in one letter only. {@link #allowingUnknown} accepts whatever else a later version of the service may
 * send.
 *
 * @since 0.1.0
 */
public final class Tenant {

    private static final Set<String> FIXED = Set.of("id", "alertCreationTime", "machineId");
    private static final Set<String> FIXED_OF_ACTIONS = Set.of("id", "machineId");

    private final TenantState state;
    private final GivenData data;

    Tenant(TenantState state) {
        this(state, false);
    }

    private Tenant(TenantState state, boolean unknownAllowed) {
        this.state = state;
        this.data = new GivenData(state.description(), unknownAllowed);
    }

    /**
     * Returns a view of this tenant that accepts members and values the API description does not know, to test a client
     * against a later version of the service. Members that are known are checked as before.
     *
     * @return the view, which shares the state of this tenant
     */
    public Tenant allowingUnknown() {
        return new Tenant(state, true);
    }

    // Alerts ----------------------------------------------------------------------------------------------------------

    /**
     * Returns the number of generated alerts.
     *
     * @return the size
     */
    public long generatedAlerts() {
        return state.alerts().size();
    }

    /**
     * Returns the id of an alert by its position in time.
     *
     * @param index 0 for the oldest alert, {@link #generatedAlerts()} - 1 for the newest of those generated
     * @return the id
     */
    public String alertId(long index) {
        Alerts alerts = state.alerts();
        if (index < 0 || index >= alerts.size()) {
            throw new IndexOutOfBoundsException("index must be from 0 to " + (alerts.size() - 1) + ", was " + index);
        }
        return alerts.row(index, false).id();
    }

    /**
     * Returns an alert as the API shows it.
     *
     * @param id its id
     * @return its members in plain values, times as {@link Instant}; read-only
     * @throws IllegalArgumentException if there is no such alert
     */
    public Map<String, @Nullable Object> alert(String id) {
        return find(id).members();
    }

    /**
     * Changes members of an alert. Its {@code lastUpdateTime} moves to the emulator's time unless it is given.
     *
     * @param id its id
     * @param members new values in wire spelling
     * @throws IllegalArgumentException if there is no such alert, a member is unknown, of another type, or one that
     *     never changes
     */
    public void updateAlert(String id, Map<String, ? extends @Nullable Object> members) {
        changeAlert(id, members);
    }

    /**
     * Changes members of an alert, as {@link #updateAlert(String, Map)} does.
     *
     * @param id its id
     * @param change a model of the client with the new values
     * @throws IllegalArgumentException as for a map
     */
    public void updateAlert(String id, JsonEncodable change) {
        changeAlert(id, change);
    }

    private void changeAlert(String id, Object given) {
        AlertRow row = find(id);
        Map<String, @Nullable Object> members = alertMembers(given);
        requireChangeable(members.keySet(), FIXED);
        state.alerts().change(row.index(), changes -> {
            changes.put("lastUpdateTime", state.now());
            changes.putAll(members);
            return changes;
        });
    }

    private static void requireChangeable(Set<String> names, Set<String> fixed) {
        for (String name : names) {
            if (fixed.contains(name)) {
                throw new IllegalArgumentException(name + " must not be changed");
            }
        }
    }

    /**
     * Adds an alert that was created now, by the emulator's clock.
     *
     * @param members the members that are not computed; may be empty
     * @return its id
     * @throws IllegalArgumentException if a member is unknown or of another type, the machine does not exist, or the id
     *     does
     */
    public String addAlert(Map<String, ? extends @Nullable Object> members) {
        return add(state.now(), members);
    }

    /**
     * Adds an alert, created now by the emulator's clock unless it has a creation time.
     *
     * @param alert the alert, such as a model of the client; members that it lacks are computed
     * @return its id
     * @throws IllegalArgumentException as for a map
     */
    public String addAlert(JsonEncodable alert) {
        return add(state.now(), alert);
    }

    /**
     * Adds an alert.
     *
     * @param created its creation time unless it is among the members; cut to 100 ns
     * @param members the members that are not computed; may be empty
     * @return its id
     * @throws IllegalArgumentException if a member is unknown or of another type, the machine does not exist, or the id
     *     does
     */
    public String addAlert(Instant created, Map<String, ? extends @Nullable Object> members) {
        return add(created, members);
    }

    /**
     * Adds an alert.
     *
     * @param created its creation time unless the alert has one; cut to 100 ns
     * @param alert the alert, such as a model of the client; members that it lacks are computed
     * @return its id
     * @throws IllegalArgumentException as for a map
     */
    public String addAlert(Instant created, JsonEncodable alert) {
        return add(created, alert);
    }

    private String add(Instant created, Object given) {
        GivenData.requireTime("created", created);
        Map<String, @Nullable Object> members = alertMembers(given);
        if (members.get("machineId") instanceof String machine
                && state.machines().byId(machine) < 0) {
            throw new IllegalArgumentException(
                    "alert member machineId must be the id of a machine, was '" + machine + "'");
        }
        return state.alerts().add(members, created).id();
    }

    private Map<String, @Nullable Object> alertMembers(Object given) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(data.members("alert", schema("Alert"), given));
        if (members.get("evidence") instanceof List<?> evidence) {
            members.put(
                    "evidence",
                    evidence.stream()
                            .map(item -> Evidence.given((Map<?, ?>) item))
                            .toList());
        }
        return members;
    }

    private Node schema(String name) {
        return state.description().schema(ServedApi.DEFENDER_ENDPOINT, name);
    }

    // Machines --------------------------------------------------------------------------------------------------------

    /**
     * Returns the number of devices.
     *
     * @return the count, at least 5
     */
    public int machines() {
        return state.machines().count();
    }

    /**
     * Returns the id of a device by its position in the list: the generated ones, ordered by id, followed by the added
     * ones.
     *
     * @param index from 0 to {@link #machines()} - 1
     * @return the id
     */
    public String machineId(int index) {
        Machines machines = state.machines();
        if (index < 0 || index >= machines.count()) {
            throw new IndexOutOfBoundsException("index must be from 0 to " + (machines.count() - 1) + ", was " + index);
        }
        return machines.id(index);
    }

    /**
     * Returns a device as the API shows it.
     *
     * @param id its id
     * @return its members in plain values, times as {@link Instant}; read-only
     * @throws IllegalArgumentException if there is no such device
     */
    public Map<String, @Nullable Object> machine(String id) {
        return plain(state.machines().entity(device(id)));
    }

    /**
     * Adds a device, which is visible to every operation.
     *
     * @param members the members that are not computed; may be empty
     * @return its id
     * @throws IllegalArgumentException if a member is unknown or of another type, or the id exists
     */
    public String addMachine(Map<String, ? extends @Nullable Object> members) {
        return state.machines().add(machineMembers(members));
    }

    /**
     * Adds a device, as {@link #addMachine(Map)} does.
     *
     * @param machine the device, such as a model of the client; members that it lacks are computed
     * @return its id
     * @throws IllegalArgumentException as for a map
     */
    public String addMachine(JsonEncodable machine) {
        return state.machines().add(machineMembers(machine));
    }

    /**
     * Changes a member of a device.
     *
     * @param id its id
     * @param member a member in wire spelling, not the id
     * @param value its new value
     * @throws IllegalArgumentException if there is no such device, or the member is unknown, of another type, or the id
     */
    public void updateMachine(String id, String member, @Nullable Object value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(member, value);
        changeMachine(id, members);
    }

    /**
     * Changes members of a device.
     *
     * @param id its id
     * @param members new values in wire spelling
     * @throws IllegalArgumentException if there is no such device, or a member is unknown, of another type, or the id
     */
    public void updateMachine(String id, Map<String, ? extends @Nullable Object> members) {
        changeMachine(id, members);
    }

    /**
     * Changes members of a device.
     *
     * @param id its id
     * @param change a model with the new values
     * @throws IllegalArgumentException as for a map
     */
    public void updateMachine(String id, JsonEncodable change) {
        changeMachine(id, change);
    }

    private void changeMachine(String id, Object given) {
        int device = device(id);
        Map<String, @Nullable Object> members = machineMembers(given);
        requireChangeable(members.keySet(), Set.of("id"));
        state.machines().change(device, members);
    }

    private Map<String, @Nullable Object> machineMembers(Object given) {
        return data.members("machine", schema("Machine"), given);
    }

    // Response actions ------------------------------------------------------------------------------------------------

    /**
     * Returns the ids of the visible response actions, latest first.
     *
     * @return the ids
     */
    public List<String> actionIds() {
        return state.actions().entities().stream()
                .map(entity -> String.valueOf(entity.get("id")))
                .toList();
    }

    /**
     * Returns a response action as the API shows it.
     *
     * @param id its id
     * @return its members in plain values, times as {@link Instant}; read-only
     * @throws IllegalArgumentException if there is no such action
     */
    public Map<String, @Nullable Object> action(String id) {
        return plain(findAction(id).entity(state.machines(), state.actions().now()));
    }

    /**
     * Adds a response action. It has succeeded unless a {@code status} is given, which then stays until {@link
     * #endAction(String, String)} or a cancellation.
     *
     * @param members the members that are not computed; a {@code machineId} is required
     * @return its id
     * @throws IllegalArgumentException if a member is unknown or of another type, the machine does not exist, or the id
     *     does
     */
    public String addAction(Map<String, ? extends @Nullable Object> members) {
        return add(members);
    }

    /**
     * Adds a response action, as {@link #addAction(Map)} does.
     *
     * @param action the action, such as a model of the client; members that it lacks are computed
     * @return its id
     * @throws IllegalArgumentException as for a map
     */
    public String addAction(JsonEncodable action) {
        return add(action);
    }

    private String add(Object given) {
        Map<String, @Nullable Object> members = actionMembers(given);
        Object machine = members.get("machineId");
        int device = machine instanceof String id ? state.machines().byId(id) : -1;
        if (device < 0) {
            throw new IllegalArgumentException(
                    "action member machineId must be the id of a machine, was " + JsonData.shown(machine));
        }
        return state.actions().add(device, members).id();
    }

    /**
     * Changes members of a response action permanently. A {@code status} is kept until {@link #endAction(String,
     * String)} or a cancellation.
     *
     * @param id its id
     * @param members new values in wire spelling
     * @throws IllegalArgumentException if there is no such action, or a member is unknown, of another type, or one that
     *     never changes
     */
    public void updateAction(String id, Map<String, ? extends @Nullable Object> members) {
        changeAction(id, members);
    }

    /**
     * Changes members of a response action, as {@link #updateAction(String, Map)} does.
     *
     * @param id its id
     * @param change a model with the new values
     * @throws IllegalArgumentException as for a map
     */
    public void updateAction(String id, JsonEncodable change) {
        changeAction(id, change);
    }

    private void changeAction(String id, Object given) {
        MachineAction action = findAction(id);
        Map<String, @Nullable Object> members = actionMembers(given);
        requireChangeable(members.keySet(), FIXED_OF_ACTIONS);
        action.give(members, state.actions().now());
    }

    private Map<String, @Nullable Object> actionMembers(Object given) {
        return data.members("action", schema("MachineAction"), given);
    }

    /**
     * Sets the status with which response actions end that are started on a machine from now on. They are pending and
     * in progress as long as others. The default is {@code Succeeded}.
     *
     * @param machineId the id of the machine
     * @param status a final status such as {@code Failed}, {@code TimeOut} or {@code Cancelled}
     * @throws IllegalArgumentException if there is no such machine or status
     */
    public void actionsEndAs(String machineId, String status) {
        int device = state.machines().byId(machineId);
        if (device < 0) {
            throw new IllegalArgumentException("machineId must be the id of a machine, was '" + machineId + "'");
        }
        state.actions()
                .endAs(
                        device,
                        String.valueOf(actionMembers(Map.of("status", status)).get("status")));
    }

    /**
     * Ends a response action now.
     *
     * @param id its id
     * @param status the status it ends with, such as {@code Failed} or {@code TimeOut}
     * @throws IllegalArgumentException if there is no such action or status
     */
    public void endAction(String id, String status) {
        MachineAction action = findAction(id);
        Object checked = actionMembers(Map.of("status", status)).get("status");
        action.end(String.valueOf(checked), state.actions().now());
    }

    /**
     * Ends a response action now.
     *
     * @param id its id
     * @param status the status it ends with
     * @throws IllegalArgumentException if there is no such action
     */
    public void endAction(String id, OpenEnum status) {
        endAction(id, status.value());
    }

    /**
     * Sets the output of a script in every live response that runs it, and adds the script to the library if it is
     * missing.
     *
     * @param script name of the script in the library
     * @param members the members of the output to replace, such as {@code script_output} and {@code exit_code}
     * @throws IllegalArgumentException if a member is unknown or of another type
     */
    public void scriptOutput(String script, Map<String, ? extends @Nullable Object> members) {
        giveOutput(script, members);
    }

    /**
     * Sets the output of a script, as {@link #scriptOutput(String, Map)} does.
     *
     * @param script name of the script in the library
     * @param output the output, such as a model of the client
     * @throws IllegalArgumentException as for a map
     */
    public void scriptOutput(String script, JsonEncodable output) {
        giveOutput(script, output);
    }

    private void giveOutput(String script, Object given) {
        Map<String, @Nullable Object> members =
                data.members("script output", schema("LiveResponseScriptOutput"), given);
        state.library().require(script);
        state.downloads().scriptOutput(script, members);
    }

    // Hunting and exports ---------------------------------------------------------------------------------------------

    /**
     * Sets the rows of a hunting query, in every API. The last call wins.
     *
     * @param query the query; white space and a semicolon at the end make no difference
     * @param rows the rows, each a map from column to value or a model of the client. The columns are those of any row,
     *     in the order in which they come, of the type of their first value
     * @throws IllegalArgumentException if a row is not an object
     */
    public void hunting(String query, Collection<?> rows) {
        String words = words(query);
        List<Map<?, ?>> checked = GivenHunting.rows(rows);
        hunting(text -> words(text).equals(words) ? checked : null);
    }

    private static String words(String query) {
        String words = query.strip().replaceAll("\\s+", " ");
        return words.endsWith(";") ? words.substring(0, words.length() - 1).stripTrailing() : words;
    }

    /**
     * Sets the rows of all hunting queries in which a pattern is found. The last call wins.
     *
     * @param query the pattern
     * @param rows the rows, as for {@link #hunting(String, Collection)}
     * @throws IllegalArgumentException if a row is not an object
     */
    public void hunting(Pattern query, Collection<?> rows) {
        Objects.requireNonNull(query, "query");
        List<Map<?, ?>> checked = GivenHunting.rows(rows);
        hunting(text -> query.matcher(text).find() ? checked : null);
    }

    /**
     * Sets the rows of hunting queries by a function. The last call is tried first.
     *
     * @param rows called with the text of each query, on any thread, and must not block; returns the rows, as for
     *     {@link #hunting(String, Collection)}, or null for a query that it does not know. A failure becomes a 500
     */
    public void hunting(Function<String, ? extends @Nullable Collection<?>> rows) {
        state.hunting().add(Objects.requireNonNull(rows, "rows"));
    }

    /**
     * Sets the limits of the response to a hunting query, in every API, so that a test reaches them with a few rows. A
     * result with more rows is cut silently, and one with more bytes is refused with 400, as in the service.
     *
     * @param rows maximum number of rows, 100,000 by default
     * @param bytes maximum number of bytes, 50 MB by default
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public void huntingLimits(int rows, int bytes) {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("rows and bytes must be >= 1, were " + rows + " and " + bytes);
        }
        state.hunting().limit(rows, bytes);
    }

    /**
     * Replaces the records of an export, in its pages and in its files; the files have one for each device group.
     *
     * @param operationId the operation that reads them, by pages or by files, such as {@code
     *     exportSoftwareVulnerabilities}
     * @param records the records, each a map or a model of the client; members that are not given are left out
     * @throws IllegalArgumentException if the operation is not one of an export, or a member of a record is unknown or
     *     of another type
     */
    public void exportRows(String operationId, Collection<?> records) {
        Node schema = schema(state.exports().schema(operationId));
        List<Entity> checked = new ArrayList<>();
        for (Object record : records) {
            checked.add(new Entity().withAll(data.members("record " + checked.size(), schema, record)));
        }
        state.exports().give(operationId, checked);
    }

    /**
     * Replaces the records of an export by files whose records are computed while they are read, so that an export of
     * any size needs no memory.
     *
     * @param operationId the operation that reads them, by pages or by files
     * @param files the number of files, at least 1
     * @param records returns the records of a file, by its number from 0: each a map or a model of the client. Called
     *     at every read of the file, on any thread, and must return the same records each time
     * @throws IllegalArgumentException if the operation is not one of an export, or a member of the first record of a
     *     file is unknown or of another type; other records are checked when they are read
     */
    public void exportFiles(String operationId, int files, IntFunction<? extends Stream<?>> records) {
        Objects.requireNonNull(records, "records");
        if (files < 1) {
            throw new IllegalArgumentException("files must be >= 1, was " + files);
        }
        Node schema = schema(state.exports().schema(operationId));
        IntFunction<Stream<Entity>> checked =
                file -> records.apply(file).map(record -> new Entity().withAll(data.members("record", schema, record)));
        for (int file = 0; file < files; file++) {
            checked.apply(file).limit(1).forEach(first -> {});
        }
        state.exports().give(operationId, files, checked);
    }

    /**
     * Sets whether the storage serves the rest of an object, as an interrupted download requests it: packages and the
     * results of live response. If not, it ignores the requested range and returns the whole object.
     *
     * @param served true, the default, if it does
     */
    public void downloadRanges(boolean served) {
        state.downloads().ranges(served);
    }

    /**
     * Sets how long signed links stay valid: those of packages, live response and exports.
     *
     * @param validity the validity of links that are issued from now on, counted from the last whole second; null for
     *     the documented ones
     * @throws IllegalArgumentException if it is not positive
     */
    public void linkLifetime(@Nullable Duration validity) {
        if (validity != null && (validity.isZero() || validity.isNegative())) {
            throw new IllegalArgumentException("validity must be positive, was " + validity);
        }
        state.downloads().lifetime(validity);
    }

    // Scans -----------------------------------------------------------------------------------------------------------

    /**
     * Returns the ids of the sessions of a scan definition, which the API accepts but never returns.
     *
     * @param definitionId id of the definition
     * @return the ids, latest first; empty if it has not run in the last 30 days or does not exist
     */
    public List<String> scanSessionIds(String definitionId) {
        return state.scans().runs(List.of(definitionId)).stream()
                .map(ScanRun::session)
                .toList();
    }

    private AlertRow find(String id) {
        AlertRow row = state.alerts().find(id);
        if (row == null) {
            throw new IllegalArgumentException("id must be the id of an alert, was '" + id + "'");
        }
        return row;
    }

    private int device(String id) {
        int device = state.machines().byId(id.toLowerCase(Locale.ROOT));
        if (device < 0) {
            throw new IllegalArgumentException("id must be the id of a machine, was '" + id + "'");
        }
        return device;
    }

    private MachineAction findAction(String id) {
        try {
            return state.actions().get(id);
        } catch (Problem e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }

    @SuppressWarnings("unchecked") // names of members are texts
    private static Map<String, @Nullable Object> plain(Entity entity) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(Values.plain(entity));
    }
}
