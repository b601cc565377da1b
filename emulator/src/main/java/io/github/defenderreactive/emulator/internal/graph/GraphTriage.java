package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.AlertChange;
import io.github.defenderreactive.emulator.internal.alerts.AlertMember;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Incident;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Comments on alerts and incidents, moves of alerts, and merges of incidents. */
final class GraphTriage {

    private static final String COMMENT_TYPE = "microsoft.graph.security.alertComment";

    private final Alerts alerts;
    private final Incidents incidents;
    private final GraphResponses responses;
    private final Supplier<Instant> now;

    GraphTriage(Alerts alerts, Incidents incidents, GraphResponses responses, Supplier<Instant> now) {
        this.alerts = alerts;
        this.incidents = incidents;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("addSecurityAlertComment", this::commentOnAlert);
        handlers.put("addSecurityIncidentComment", this::commentOnIncident);
        handlers.put("moveSecurityAlerts", this::move);
        handlers.put("mergeSecurityIncidents", this::merge);
        handlers.put("listSecurityIncidentAlerts", this::alertsOfIncident);
        handlers.put("countSecurityIncidentAlerts", this::countAlertsOfIncident);
    }

    private ServiceResponse commentOnAlert(OperationCall call) {
        AlertRow row = alerts.require(call.id());
        new AlertChange(Map.of(), comment(call), call.application()).apply(alerts, row, now.get());
        Object comments = alerts.require(call.id()).value(AlertMember.COMMENTS);
        return comments(call, GraphOperations.ALERTS, GraphAlert.comments(comments));
    }

    private ServiceResponse commentOnIncident(OperationCall call) {
        long number = GraphOperations.findIncident(incidents, call.id()).number();
        addComment(number, comment(call), call.application());
        List<?> comments = GraphOperations.findIncident(incidents, call.id()).comments();
        return comments(call, GraphOperations.INCIDENTS, GraphAlert.comments(comments));
    }

    private ServiceResponse comments(OperationCall call, String set, List<Entity> comments) {
        return responses.complete(call, set + "('" + call.id() + "')/comments", comments);
    }

    /** Returns the comment, whose type must be given. */
    private static String comment(OperationCall call) {
        String type = call.text("@odata.type");
        if (type == null || !type.replaceFirst("^#", "").equals(COMMENT_TYPE)) {
            throw Problem.invalidInput("The @odata.type of a comment is " + COMMENT_TYPE);
        }
        return call.required("comment");
    }

    private void addComment(long incident, String comment, String author) {
        Instant time = now.get();
        incidents.change(incident, time, changes -> {
            changes.put("comments", AlertChange.withComment(changes.get("comments"), comment, author, time));
            return changes;
        });
    }

    private synchronized ServiceResponse move(OperationCall call) {
        List<AlertRow> rows =
                call.texts("alertIds").stream().map(alerts::require).toList();
        if (rows.isEmpty()) {
            throw Problem.invalidInput("alertIds must name at least one alert");
        }
        String given = call.text("incidentId");
        long target = given == null
                ? incidents.newNumber()
                : GraphOperations.findIncident(incidents, given).number();
        Instant time = now.get();
        String comment = call.text("alertComment");
        for (AlertRow row : rows) {
            incidents.move(row, target, time);
            if (comment != null) {
                new AlertChange(Map.of(), comment, call.application()).apply(alerts, row, time);
            }
        }
        return merged(call, target);
    }

    private synchronized ServiceResponse merge(OperationCall call) {
        List<Incident> sources = call.texts("incidentIds").stream()
                .distinct()
                .map(id -> GraphOperations.findIncident(incidents, id))
                .toList();
        if (sources.size() < 2) {
            throw Problem.invalidInput("incidentIds must name at least two incidents");
        }
        long target = sources.get(0).number();
        Instant time = now.get();
        sources.stream().skip(1).forEach(source -> incidents.merge(source, target, time));
        String comment = call.text("incidentComment");
        if (comment != null) {
            addComment(target, comment, call.application());
        }
        return merged(call, target);
    }

    private ServiceResponse merged(OperationCall call, long target) {
        return responses.graphValue(
                call, "microsoft.graph.security.mergeResponse", new Entity().with("targetIncidentId", "" + target));
    }

    private ServiceResponse countAlertsOfIncident(OperationCall call) {
        return responses.count(call, alertsOf(call).stream().map(GraphAlert::of));
    }

    private List<AlertRow> alertsOf(OperationCall call) {
        return GraphOperations.findIncident(incidents, call.id()).alerts();
    }

    private ServiceResponse alertsOfIncident(OperationCall call) {
        List<AlertRow> newestFirst = new ArrayList<>(alertsOf(call));
        Collections.reverse(newestFirst);
        return responses.linked(
                call,
                GraphOperations.INCIDENTS + "('" + call.id() + "')/alerts",
                newestFirst.stream().map(GraphAlert::of));
    }
}
