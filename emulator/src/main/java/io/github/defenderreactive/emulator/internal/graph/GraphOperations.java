package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.AlertChange;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.AlertScan;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Incident;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Alerts and incidents of Microsoft Graph security: the alerts of the tenant in another form. */
final class GraphOperations {

    static final String ALERTS = "security/alerts_v2";
    static final String INCIDENTS = "security/incidents";
    private static final List<String> VERDICT = List.of("status", "classification", "determination");

    /** The texts of an incident that can be changed, and their names in an incident. */
    private static final Map<String, String> TEXTS =
            Map.of("displayName", "name", "description", "description", "resolvingComment", "resolvingComment");

    private final Alerts alerts;
    private final Incidents incidents;
    private final GraphResponses responses;
    private final Supplier<Instant> now;

    GraphOperations(Alerts alerts, Incidents incidents, GraphResponses responses, Supplier<Instant> now) {
        this.alerts = alerts;
        this.incidents = incidents;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listSecurityAlerts",
                call -> responses.linked(
                        call, ALERTS, (filter, skip) -> new AlertScan(alerts, filter, skip, true, GraphAlert.FORM)));
        handlers.put("getSecurityAlert", call -> alert(call, alerts.require(call.id())));
        handlers.put("updateSecurityAlert", this::updateAlert);
        handlers.put("listSecurityIncidents", this::listIncidents);
        handlers.put("getSecurityIncident", call -> incident(call, findIncident(call.id())));
        handlers.put("updateSecurityIncident", this::updateIncident);
    }

    private ServiceResponse alert(OperationCall call, AlertRow row) {
        return responses.graphEntity(call, ALERTS, GraphAlert.of(row));
    }

    private ServiceResponse incident(OperationCall call, Incident incident) {
        return responses.graphEntity(call, INCIDENTS, GraphIncident.of(incident, expanded(call)));
    }

    private Incident findIncident(String id) {
        return findIncident(incidents, id);
    }

    static Incident findIncident(Incidents incidents, String id) {
        Incident incident = id.matches("\\d{1,18}") ? incidents.find(Long.parseLong(id)) : null;
        if (incident == null) {
            throw Problem.notFound("Incident", id);
        }
        return incident;
    }

    private static boolean expanded(OperationCall call) {
        String expand = call.query().get("$expand");
        if (expand != null && !expand.equals("alerts")) {
            throw Problem.odata("Could not find a property named '" + expand + "' to expand");
        }
        return expand != null;
    }

    private ServiceResponse listIncidents(OperationCall call) {
        Incidents.Form form = GraphIncident.form(expanded(call));
        return responses.linked(call, INCIDENTS, (filter, skip) -> incidents.scan(filter, skip, form));
    }

    private ServiceResponse updateAlert(OperationCall call) {
        AlertRow row = alerts.require(call.id());
        Map<String, @Nullable Object> members = verdict(call);
        if (call.body().containsKey("assignedTo")) {
            members.put("assignedTo", call.body().get("assignedTo"));
        }
        new AlertChange(members, null, call.application()).apply(alerts, row, now.get());
        return alert(call, alerts.require(call.id()));
    }

    private ServiceResponse updateIncident(OperationCall call) {
        Incident incident = findIncident(call.id());
        Map<String, @Nullable Object> members = verdict(call);
        if (call.body().containsKey("assignedTo")) {
            members.put("assignedTo", call.body().get("assignedTo"));
        }
        if (call.body().containsKey("customTags")) {
            members.put("tags", call.texts("customTags"));
        }
        if (call.body().containsKey("severity")) {
            members.put("severity", GraphEnums.fromGraph(call.body().get("severity")));
        }
        TEXTS.forEach((member, own) -> {
            if (call.body().containsKey(member)) {
                members.put(own, call.body().get(member));
            }
        });
        members.put("modifiedBy", call.application());
        incidents.change(incident.number(), now.get(), changes -> {
            changes.putAll(members);
            return changes;
        });
        return incident(call, findIncident(call.id()));
    }

    /** Returns the changed enumerations, in the spelling of the other APIs. */
    private static Map<String, @Nullable Object> verdict(OperationCall call) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String member : VERDICT) {
            if (call.body().containsKey(member)) {
                members.put(member, GraphEnums.fromGraph(call.body().get(member)));
            }
        }
        return members;
    }
}
