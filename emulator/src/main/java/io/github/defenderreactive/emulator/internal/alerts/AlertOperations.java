package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of the alerts group. */
final class AlertOperations {

    private static final List<String> SETTABLE = List.of("status", "assignedTo", "classification", "determination");

    private final Alerts alerts;
    private final KnownFiles files;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    AlertOperations(Alerts alerts, KnownFiles files, ODataResponses responses, Supplier<Instant> now) {
        this.alerts = alerts;
        this.files = files;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listAlerts", this::list);
        handlers.put("getAlert", call -> ODataResponses.entity(call, "Alerts", alerts.require(call.id())));
        handlers.put("updateAlert", this::update);
        handlers.put("batchUpdateAlerts", this::batchUpdate);
        handlers.put("createAlertByReference", this::create);
        handlers.put(
                "listAlertDomains", call -> responses.collection(call, "Domains", domains(alerts.require(call.id()))));
        handlers.put(
                "listAlertFiles",
                call -> responses.collection(call, "Files", List.of(file(alerts.require(call.id())))));
        handlers.put("listAlertIps", call -> responses.collection(call, "Ips", addresses(alerts.require(call.id()))));
        handlers.put(
                "getAlertMachine",
                call -> ODataResponses.entity(
                        call,
                        "Machines",
                        alerts.machines().entity(alerts.require(call.id()).device())));
        handlers.put("getAlertUser", call -> ODataResponses.entity(call, "Users", user(alerts.require(call.id()))));
    }

    private ServiceResponse list(OperationCall call) {
        String expand = call.query().get("$expand");
        if (expand != null && !expand.equals("evidence")) {
            throw Problem.odata("Could not find a property named '" + expand + "' to expand");
        }
        return responses.page(call, "Alerts", null, (filter, skip) -> alerts.scan(filter, skip, expand != null));
    }

    private ServiceResponse update(OperationCall call) {
        AlertRow row = alerts.require(call.id());
        change(row, call);
        return ODataResponses.entity(call, "Alerts", alerts.require(call.id()));
    }

    private ServiceResponse batchUpdate(OperationCall call) {
        List<AlertRow> rows =
                call.texts("alertIds").stream().map(alerts::require).toList();
        rows.forEach(row -> change(row, call));
        return ODataResponses.empty(call);
    }

    private void change(AlertRow row, OperationCall call) {
        AlertChange.of(call, SETTABLE).apply(alerts, row, now.get());
    }

    /**
     * Creates an alert, or merges it into an open added alert of the same title on the same device, as the service
     * does.
     */
    private synchronized ServiceResponse create(OperationCall call) {
        int device = alerts.machines().require(call.required("machineId"));
        String title = call.required("title");
        for (AlertRow row : alerts.of(device)) {
            if (row.index() >= alerts.size()
                    && title.equals(row.get("title"))
                    && !"Resolved".equals(row.get("status"))) {
                alerts.change(row.index(), changes -> {
                    changes.put("lastUpdateTime", now.get());
                    return changes;
                });
                return ODataResponses.entity(call, "Alerts", alerts.require(row.id()));
            }
        }
        Instant event = Instant.parse(call.required("eventTime"));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("title", title);
        members.put("description", call.required("description"));
        members.put("severity", call.required("severity"));
        members.put("category", call.required("category"));
        members.put("machineId", alerts.machines().id(device));
        members.put("detectionSource", "CustomDetection");
        members.put("investigationState", "Queued");
        members.put("firstEventTime", event);
        members.put("lastEventTime", event);
        return ODataResponses.entity(call, "Alerts", alerts.add(members, now.get()));
    }

    private static List<Entity> domains(AlertRow row) {
        Set<String> hosts = new TreeSet<>();
        for (Evidence item : row.evidence()) {
            if (item.get(Evidence.Member.URL) instanceof String url) {
                host(url).ifPresent(hosts::add);
            }
        }
        return hosts.stream().map(host -> new Entity().with("host", host)).toList();
    }

    /** Returns the host of a URL. The evidence of a test may have any text there. */
    private static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static List<Entity> addresses(AlertRow row) {
        return row.evidence().stream()
                .map(item -> item.get(Evidence.Member.IP_ADDRESS))
                .filter(Objects::nonNull)
                .map(address -> new Entity().with("id", address))
                .toList();
    }

    private Entity file(AlertRow row) {
        return files.entity(KnownFiles.of(row.hash()));
    }

    private Entity user(AlertRow row) {
        Integer user = row.user();
        if (user == null) {
            throw new Problem(404, "ResourceNotFound", "No user is linked to alert " + row.id());
        }
        Organisation organisation = alerts.organisation();
        return Users.entity(organisation, row.hash(), user, row.created())
                .with("accountSid", organisation.sid(user))
                .with("mostPrevalentMachineId", row.machineId())
                .with("leastPrevalentMachineId", row.machineId())
                .with("logOnMachinesCount", 1 + Seeded.below(row.hash() >>> 4, 3));
    }
}
