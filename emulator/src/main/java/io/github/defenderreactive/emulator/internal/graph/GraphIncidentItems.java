package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.IncidentItems;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The incidents as tests give them in the form of Microsoft Graph. */
final class GraphIncidentItems {

    static final String API = "graph";

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("displayName", "name"),
            Map.entry("description", "description"),
            Map.entry("resolvingComment", "resolvingComment"),
            Map.entry("status", "status"),
            Map.entry("severity", "severity"),
            Map.entry("classification", "classification"),
            Map.entry("determination", "determination"),
            Map.entry("assignedTo", "assignedTo"),
            Map.entry("customTags", "tags"),
            Map.entry("comments", "comments"),
            Map.entry("lastModifiedBy", "modifiedBy"),
            Map.entry("redirectIncidentId", "redirectIncidentId"),
            Map.entry("createdDateTime", "createdTime"),
            Map.entry("lastUpdateDateTime", "lastUpdateTime"));

    private GraphIncidentItems() {}

    static Kind kind(Incidents incidents, Items alerts, Supplier<Instant> now) {
        IncidentItems.Form form = new IncidentItems.Form(API, "id", "id", SAME, GraphIncidentItems::value, alerts::add);
        return new Kind(
                "securityIncidents",
                "an incident",
                "listSecurityIncidents",
                Set.of("id", "alerts"),
                new IncidentItems(form, incidents, GraphIncident.form(false), now));
    }

    private static @Nullable Object value(String member, @Nullable Object value) {
        return switch (member) {
            case "status", "severity", "classification", "determination" -> GraphEnums.fromGraph(value);
            case "comments" -> GraphAlertItems.comments(value);
            default -> value;
        };
    }
}
