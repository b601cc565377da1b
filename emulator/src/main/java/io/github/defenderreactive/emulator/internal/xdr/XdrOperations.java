package io.github.defenderreactive.emulator.internal.xdr;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.AlertChange;
import io.github.defenderreactive.emulator.internal.alerts.Incident;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.graph.GraphResponses;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Incidents of Defender XDR. */
final class XdrOperations {

    private static final String INCIDENTS = "Incidents";
    private static final List<String> SETTABLE =
            List.of("status", "assignedTo", "classification", "determination", "tags");

    /** The reasons of each verdict, in all documented spellings. */
    private static final Map<String, Set<String>> REASONS = Map.of(
            "TruePositive",
            Set.of(
                    "MultiStagedAttack",
                    "MaliciousUserActivity",
                    "CompromisedAccount",
                    "CompromisedUser",
                    "Malware",
                    "Phishing",
                    "UnwantedSoftware",
                    "Other"),
            "InformationalExpectedActivity",
            Set.of(
                    "SecurityTesting",
                    "LineOfBusinessApplication",
                    "ConfirmedActivity",
                    "ConfirmedUserActivity",
                    "Other"),
            "FalsePositive",
            Set.of("Clean", "NotMalicious", "NoEnoughDataToValidate", "InsufficientData", "Other"));

    private final Incidents incidents;
    private final GraphResponses responses;
    private final Supplier<Instant> now;

    XdrOperations(Incidents incidents, GraphResponses responses, Supplier<Instant> now) {
        this.incidents = incidents;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listIncidents",
                call -> responses.counted(
                        call, INCIDENTS, (filter, skip) -> incidents.scan(filter, skip, XdrIncident.FORM)));
        handlers.put("getIncident", call -> incident(call, find(call.id())));
        handlers.put("updateIncident", this::update);
    }

    private static ServiceResponse incident(OperationCall call, Incident incident) {
        return GraphResponses.entity(call, INCIDENTS, XdrIncident.of(incident));
    }

    private Incident find(String id) {
        if (!id.matches("\\d{1,18}")) {
            throw Problem.invalidInput("The id of an incident is a number, not '" + id + "'");
        }
        Incident incident = incidents.find(Long.parseLong(id));
        if (incident == null) {
            throw Problem.notFound("Incident", id);
        }
        return incident;
    }

    private ServiceResponse update(OperationCall call) {
        Incident incident = find(call.id());
        requireFittingReason(call, incident);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String member : SETTABLE) {
            if (call.body().containsKey(member)) {
                members.put(
                        member,
                        member.equals("tags") ? call.texts(member) : call.body().get(member));
            }
        }
        members.put("modifiedBy", call.application());
        String comment = call.text("comment");
        Instant time = now.get();
        incidents.change(incident.number(), time, changes -> {
            changes.putAll(members);
            if (comment != null) {
                changes.put(
                        "comments",
                        AlertChange.withComment(changes.get("comments"), comment, call.application(), time));
            }
            return changes;
        });
        return incident(call, find(call.id()));
    }

    private static void requireFittingReason(OperationCall call, Incident incident) {
        String reason = call.text("determination");
        if (reason == null || reason.equals(Incident.NO_REASON)) {
            return;
        }
        String given = call.text("classification");
        String verdict = given == null ? incident.classification().toString() : given;
        if (!REASONS.getOrDefault(verdict, Set.of()).contains(reason)) {
            throw Problem.invalidInput("The determination " + reason + " does not fit the classification " + verdict);
        }
    }
}
