package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.Incident;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.odata.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An incident as Microsoft Graph shows it, with its alerts only if expanded. */
final class GraphIncident {

    private static final Map<String, Function<Incident, @Nullable Object>> MEMBERS = members();
    private static final Map<String, Function<Incident, @Nullable Object>> EXPANDED = expanded();

    private GraphIncident() {}

    static View<Incident> of(Incident incident, boolean expanded) {
        return new View<>(incident, expanded ? EXPANDED : MEMBERS).with(incident.only(GraphIncidentItems.API));
    }

    static Incidents.Form form(boolean expanded) {
        return new Incidents.Form("createdDateTime", "lastUpdateDateTime", incident -> of(incident, expanded));
    }

    private static Map<String, Function<Incident, @Nullable Object>> members() {
        Map<String, Function<Incident, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("id", incident -> Long.toString(incident.number()));
        all.put("tenantId", Incident::tenant);
        all.put("status", incident -> GraphEnums.toGraph(incident.status()));
        all.put(
                "incidentWebUrl",
                incident -> GraphAlert.page("incidents", Long.toString(incident.number()), incident.tenant()));
        all.put(
                "redirectIncidentId",
                incident ->
                        incident.redirect() == null ? null : incident.redirect().toString());
        all.put("displayName", Incident::name);
        all.put("createdDateTime", Incident::created);
        all.put("lastUpdateDateTime", Incident::updated);
        all.put("assignedTo", Incident::assignedTo);
        all.put("classification", incident -> GraphEnums.toGraph(incident.classification()));
        all.put("determination", incident -> GraphEnums.toGraph(incident.determination()));
        all.put("severity", incident -> GraphEnums.toGraph(incident.severity()));
        all.put("customTags", Incident::tags);
        all.put("systemTags", incident -> List.of());
        all.put("description", Incident::description);
        all.put("summary", incident -> null);
        all.put("lastModifiedBy", Incident::modifiedBy);
        all.put("resolvingComment", Incident::resolvingComment);
        all.put("comments", incident -> GraphAlert.comments(incident.comments()));
        return all;
    }

    private static Map<String, Function<Incident, @Nullable Object>> expanded() {
        Map<String, Function<Incident, @Nullable Object>> all = members();
        all.put(
                "alerts",
                incident -> incident.alerts().stream().map(GraphAlert::of).toList());
        return all;
    }
}
