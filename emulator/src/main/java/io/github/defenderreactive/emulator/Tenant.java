package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.actions.MachineAction;
import io.github.defenderreactive.emulator.internal.admission.GivenData;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.hunting.GivenTable;
import io.github.defenderreactive.emulator.internal.json.Node;
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
import java.util.List;
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

    // Items -----------------------------------------------------------------------------------------------------------

    /**
     * Returns the alerts in the form of Defender for Endpoint. An added one is created now, by the emulator's clock, unless it
     * has a creation time.
     *
     * @return the items
     */
    public TenantItems alerts() {
        return items("alerts");
    }

    /**
     * Returns the devices. What refers to a removed device, such as its alerts, still names it.
     *
     * @return the items
     */
    public TenantItems machines() {
        return items("machines");
    }

    /**
     * Returns the visible response actions, latest first. An added one has succeeded unless a {@code status} is given, which
     * then stays until {@link #endAction(String, String)} or a cancellation; its {@code machineId} is required.
     *
     * @return the items
     */
    public TenantItems machineActions() {
        return items("machineActions");
    }

    /**
     * Returns the indicators, expired ones included.
     *
     * @return the items
     */
    public TenantItems indicators() {
        return items("indicators");
    }

    /**
     * Returns the vulnerabilities. {@link #machineVulnerabilities()} connects them with devices.
     *
     * @return the items
     */
    public TenantItems vulnerabilities() {
        return items("vulnerabilities");
    }

    /**
     * Returns the vulnerabilities of devices, one for each device, product and vulnerability.
     *
     * @return the items
     */
    public TenantItems machineVulnerabilities() {
        return items("machineVulnerabilities");
    }

    /**
     * Returns the security recommendations.
     *
     * @return the items
     */
    public TenantItems recommendations() {
        return items("recommendations");
    }

    /**
     * Returns the software inventory.
     *
     * @return the items
     */
    public TenantItems software() {
        return items("software");
    }

    /**
     * Returns the automated investigations.
     *
     * @return the items
     */
    public TenantItems investigations() {
        return items("investigations");
    }

    /**
     * Returns the files of the live response library, whose id is their {@code fileName}.
     *
     * @return the items
     */
    public TenantItems libraryFiles() {
        return items("libraryFiles");
    }

    /**
     * Returns the alerts in the form of Microsoft Graph. They are those of {@link #alerts()}; members that only Microsoft
     * Graph has are shown by it only.
     *
     * @return the items
     */
    public TenantItems securityAlerts() {
        return items("securityAlerts");
    }

    /**
     * Returns the incidents in the form of Microsoft Graph. An incident that is added without {@code alerts} gets one; the
     * alerts of a removed one stay.
     *
     * @return the items
     */
    public TenantItems securityIncidents() {
        return items("securityIncidents");
    }

    /**
     * Returns the incidents in the form of Defender XDR, which are those of {@link #securityIncidents()}.
     *
     * @return the items
     */
    public TenantItems incidents() {
        return items("incidents");
    }

    TenantItems items(String kind) {
        Kind found = state.kinds().get(kind);
        if (found == null) {
            throw new IllegalArgumentException(
                    "kind must be one of " + String.join(", ", state.kinds().keySet()) + ", was '" + kind + "'");
        }
        return new TenantItems(
                found,
                Objects.requireNonNull(
                        state.description().operation(found.operation()).itemSchema()),
                data);
    }

    Set<String> kinds() {
        return state.kinds().keySet();
    }

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

    private Node schema(String name) {
        return state.description().schema(ServedApi.DEFENDER_ENDPOINT, name);
    }

    /**
     * Returns the id of a device by its position in the list: the generated ones, ordered by id, followed by the added
     * ones.
     *
     * @param index from 0 to the number of {@link #machines()} - 1
     * @return the id
     */
    public String machineId(int index) {
        Machines machines = state.machines();
        if (index < 0 || index >= machines.count()) {
            throw new IndexOutOfBoundsException("index must be from 0 to " + (machines.count() - 1) + ", was " + index);
        }
        return machines.id(machines.devices().skip(index).findFirst().orElseThrow());
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
                        String.valueOf(data.members("action", schema("MachineAction"), Map.of("status", status))
                                .get("status")));
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
        Object checked = data.members("action", schema("MachineAction"), Map.of("status", status))
                .get("status");
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
        state.hunting().add(text -> words(text).equals(words), GivenTable.of(rows));
    }

    private static String words(String query) {
        String words = query.strip().replaceAll("\\s+", " ");
        return words.endsWith(";") ? words.substring(0, words.length() - 1).stripTrailing() : words;
    }

    /**
     * Sets the rows of a hunting query and its columns, in every API. The last call wins.
     *
     * @param query the query, as for {@link #hunting(String, Collection)}
     * @param columns the types of the columns by name, in order, spelled as the service does: DateTime, String, Int64,
     *     Double, SByte for a boolean, Object
     * @param rows the rows, as for {@link #hunting(String, Collection)}; may be empty
     * @throws IllegalArgumentException if a row is not an object or has another column, or a type is unknown
     */
    public void hunting(String query, Map<String, String> columns, Collection<?> rows) {
        String words = words(query);
        state.hunting().add(text -> words(text).equals(words), GivenTable.of(columns, rows));
    }

    /**
     * Adds a table that hunting queries can use, or replaces one of the emulator. Only the operators that the emulator
     * supports work on it.
     *
     * @param name its name, such as {@code DeviceFileEvents}
     * @param rows its rows, as for {@link #hunting(String, Collection)}; those with a {@code Timestamp} are limited to
     *     the timespan of a query
     * @throws IllegalArgumentException if a row is not an object
     */
    public void huntingTable(String name, Collection<?> rows) {
        state.hunting().table(Objects.requireNonNull(name, "name"), GivenTable.of(rows));
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
        state.hunting().add(text -> query.matcher(text).find(), GivenTable.of(rows));
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

    private MachineAction findAction(String id) {
        try {
            return state.actions().get(id);
        } catch (Problem e) {
            throw new IllegalArgumentException(e.text(), e);
        }
    }
}
