package io.github.defenderreactive.emulator.internal.xdr;

import io.github.defenderreactive.emulator.internal.alerts.AlertItems;
import io.github.defenderreactive.emulator.internal.alerts.IncidentItems;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The incidents as tests give them in the form of Defender XDR. */
final class XdrIncidentItems {

    static final String API = "xdr";

    private static final Map<String, String> SAME = names(
            Map.of("incidentName", "name"),
            "assignedTo",
            "classification",
            "determination",
            "status",
            "severity",
            "tags",
            "comments",
            "redirectIncidentId",
            "createdTime",
            "lastUpdateTime");

    /** The names of the members of an alert in the form of Defender for Endpoint. */
    private static final Map<String, String> SAME_OF_ALERTS = names(
            Map.of(
                    "alertId", "id",
                    "creationTime", "alertCreationTime",
                    "lastUpdatedTime", "lastUpdateTime",
                    "firstActivity", "firstEventTime",
                    "lastActivity", "lastEventTime"),
            "assignedTo",
            "category",
            "classification",
            "description",
            "detectionSource",
            "detectorId",
            "determination",
            "investigationId",
            "investigationState",
            "mitreTechniques",
            "resolvedTime",
            "severity",
            "status",
            "threatFamilyName",
            "title");

    private XdrIncidentItems() {}

    static Kind kind(Incidents incidents, Supplier<Instant> now) {
        AlertItems alerts = new AlertItems(incidents.alerts(), now);
        IncidentItems.Form form = new IncidentItems.Form(
                API,
                "incidentId",
                "alertId",
                SAME,
                (member, value) -> value,
                (Map<String, @Nullable Object> alert) -> alerts.add(same(alert)));
        return new Kind(
                "incidents",
                "an incident",
                "listIncidents",
                Set.of("incidentId", "alerts"),
                new IncidentItems(form, incidents, XdrIncident.FORM, now));
    }

    private static Map<String, String> names(Map<String, String> changed, String... same) {
        Map<String, String> names = new HashMap<>(changed);
        for (String name : same) {
            names.put(name, name);
        }
        return Map.copyOf(names);
    }

    /** Returns an alert in the form of Defender for Endpoint, on the first of its devices. */
    private static Map<String, @Nullable Object> same(Map<String, @Nullable Object> alert) {
        Map<String, @Nullable Object> same = new LinkedHashMap<>();
        alert.forEach((name, value) -> {
            String own = SAME_OF_ALERTS.get(name);
            if (own != null) {
                same.put(own, value);
            }
        });
        if (alert.get("devices") instanceof List<?> devices && !devices.isEmpty()) {
            Object machine = Values.member(devices.get(0), "mdatpDeviceId");
            if (machine != null) {
                same.put("machineId", machine);
            }
        }
        return same;
    }
}
