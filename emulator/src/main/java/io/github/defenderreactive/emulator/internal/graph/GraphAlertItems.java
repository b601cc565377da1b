package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertItems;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.AlertScan;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alerts as tests give them in the form of Microsoft Graph. Members that the other APIs have too are those of the
 * same alert; the others are shown by Microsoft Graph only.
 */
final class GraphAlertItems implements Items {

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("id", "id"),
            Map.entry("title", "title"),
            Map.entry("description", "description"),
            Map.entry("category", "category"),
            Map.entry("assignedTo", "assignedTo"),
            Map.entry("detectorId", "detectorId"),
            Map.entry("threatDisplayName", "threatName"),
            Map.entry("threatFamilyName", "threatFamilyName"),
            Map.entry("mitreTechniques", "mitreTechniques"),
            Map.entry("createdDateTime", "alertCreationTime"),
            Map.entry("lastUpdateDateTime", "lastUpdateTime"),
            Map.entry("resolvedDateTime", "resolvedTime"),
            Map.entry("firstActivityDateTime", "firstEventTime"),
            Map.entry("lastActivityDateTime", "lastEventTime"));
    private static final Set<String> ENUMS = Set.of("status", "severity", "classification", "determination");

    private final Alerts alerts;
    private final AlertItems items;

    GraphAlertItems(Alerts alerts, Supplier<Instant> now) {
        this.alerts = alerts;
        this.items = new AlertItems(alerts, now);
    }

    Kind kind() {
        return new Kind("securityAlerts", "an alert", "listSecurityAlerts", Set.of("id", "createdDateTime"), this);
    }

    /** Returns the members in the form of Defender for Endpoint, as far as it has them. */
    private static Map<String, @Nullable Object> same(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> same = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            String other = SAME.get(name);
            if (other != null) {
                same.put(other, value);
            } else if (ENUMS.contains(name)) {
                same.put(name, GraphEnums.fromGraph(value));
            } else if (name.equals("incidentId") && isNumber(value)) {
                same.put(name, Long.valueOf(String.valueOf(value)));
            } else if (name.equals("comments")) {
                same.put(name, comments(value));
            }
        });
        return same;
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof String text && text.matches("\\d{1,18}");
    }

    /** Returns comments in the form of Defender for Endpoint. */
    static List<Entity> comments(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(comment -> new Entity()
                                .with("comment", Values.member(comment, "comment"))
                                .with("createdBy", Values.member(comment, "createdByDisplayName"))
                                .with("createdTime", Values.member(comment, "createdDateTime")))
                        .toList()
                : List.of();
    }

    private static Map<String, @Nullable Object> others(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(members);
        others.keySet().removeAll(SAME.keySet());
        others.keySet().removeAll(ENUMS);
        others.keySet().remove("comments");
        if (isNumber(others.get("incidentId"))) {
            others.remove("incidentId");
        }
        return others;
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        String id = items.add(same(members));
        alerts.showInGraph(items.row(id).index(), others(members));
        return id;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        AlertRow row = alerts.find(id);
        return row == null ? null : Values.plainMembers(GraphAlert.of(row).members());
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        alerts.showInGraph(items.row(id).index(), others(members));
        items.change(id, same(members));
    }

    @Override
    public void remove(String id) {
        items.remove(id);
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return AlertItems.rows(new AlertScan(alerts, null, 0, true, GraphAlert.FORM));
    }

    @Override
    public long count() {
        return items.count();
    }
}
