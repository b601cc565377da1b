package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An incident, computed from its alerts, with the changes of analysts, in the spelling of Defender XDR. */
public final class Incident {

    static final String NO_VERDICT = "Unknown";
    public static final String NO_REASON = "NotAvailable";

    private static final List<String> SEVERITIES = List.of("UnSpecified", "Informational", "Low", "Medium", "High");

    private final long number;
    private final List<AlertRow> alerts;
    private final @Nullable Map<String, @Nullable Object> changes;

    Incident(long number, List<AlertRow> alerts, @Nullable Map<String, @Nullable Object> changes) {
        this.number = number;
        this.alerts = alerts;
        this.changes = changes;
    }

    public long number() {
        return number;
    }

    /** Returns the alerts, oldest first; none if the incident was merged into another one. */
    public List<AlertRow> alerts() {
        return redirect() == null ? alerts : List.of();
    }

    /** Returns the number of the incident into which this one was merged, or null. */
    public @Nullable Object redirect() {
        return change("redirectIncidentId");
    }

    private boolean changed(String member) {
        return changes != null && changes.containsKey(member);
    }

    private @Nullable Object change(String member) {
        return changes == null ? null : changes.get(member);
    }

    private AlertRow worst() {
        return alerts.stream()
                .max(Comparator.comparingInt(row -> SEVERITIES.indexOf(text(row, AlertMember.SEVERITY, ""))))
                .orElseThrow();
    }

    private static String text(AlertRow row, AlertMember member, String absent) {
        return Objects.toString(row.value(member), absent);
    }

    public String name() {
        return change("name") instanceof String name ? name : generatedName();
    }

    private String generatedName() {
        long devices = alerts.stream().mapToInt(AlertRow::device).distinct().count();
        return text(worst(), AlertMember.TITLE, "Incident")
                + (devices == 1 ? " on one endpoint" : " and other alerts on " + devices + " endpoints");
    }

    public Instant created() {
        return change("createdTime") instanceof Instant given
                ? given
                : Ticks.instant(alerts.get(0).created());
    }

    public Object updated() {
        return Stream.concat(
                        Stream.ofNullable(change("lastUpdateTime")),
                        alerts.stream().flatMap(row -> Stream.ofNullable(row.value(AlertMember.UPDATED))))
                .map(Instant.class::cast)
                .max(Comparator.naturalOrder())
                .orElseGet(this::created);
    }

    public Object severity() {
        Object changed = change("severity");
        return changed != null ? changed : text(worst(), AlertMember.SEVERITY, "UnSpecified");
    }

    /** Returns the status: resolved if all alerts are, in progress if one is. */
    public Object status() {
        if (redirect() != null) {
            return "Redirected";
        }
        Object changed = change("status");
        if (changed != null) {
            return changed;
        }
        List<String> all = alerts.stream()
                .map(row -> text(row, AlertMember.STATUS, "New"))
                .distinct()
                .toList();
        return all.equals(List.of("Resolved")) ? "Resolved" : all.contains("InProgress") ? "InProgress" : "Active";
    }

    public @Nullable Object assignedTo() {
        return changed("assignedTo")
                ? change("assignedTo")
                : alerts.stream()
                        .map(row -> row.value(AlertMember.ASSIGNED_TO))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    public Object classification() {
        return changed("classification")
                ? Objects.requireNonNullElse(change("classification"), NO_VERDICT)
                : text(worst(), AlertMember.CLASSIFICATION, NO_VERDICT);
    }

    public Object determination() {
        return changed("determination")
                ? Objects.requireNonNullElse(change("determination"), NO_REASON)
                : text(worst(), AlertMember.DETERMINATION, NO_REASON);
    }

    public List<?> tags() {
        return change("tags") instanceof List<?> tags ? tags : List.of();
    }

    public List<?> comments() {
        return change("comments") instanceof List<?> comments ? comments : List.of();
    }

    public @Nullable Object description() {
        return change("description");
    }

    public @Nullable Object resolvingComment() {
        return change("resolvingComment");
    }

    public @Nullable Object modifiedBy() {
        return change("modifiedBy");
    }

    /** Returns the members that a test gave and only one API has. */
    @SuppressWarnings("unchecked") // names of members are texts
    public Map<String, @Nullable Object> only(String api) {
        if (change(api) instanceof Map<?, ?> own) {
            return (Map<String, @Nullable Object>) own;
        }
        return Map.of();
    }

    public String tenant() {
        return alerts.get(0).tenant();
    }
}
