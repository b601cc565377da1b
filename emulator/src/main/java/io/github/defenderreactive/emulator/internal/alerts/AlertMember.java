package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of an alert in the order of the wire, each with the way it is computed. */
public enum AlertMember {
    ID("id", AlertRow::id),
    INCIDENT("incidentId", AlertRow::incident),
    INVESTIGATION("investigationId", AlertRow::investigation),
    ASSIGNED_TO("assignedTo", AlertRow::assignedTo),
    SEVERITY("severity", AlertRow::severity),
    STATUS("status", AlertRow::status),
    CLASSIFICATION("classification", AlertRow::classification),
    DETERMINATION("determination", AlertRow::determination),
    INVESTIGATION_STATE("investigationState", AlertRow::investigationState),
    DETECTION_SOURCE("detectionSource", row -> row.threat().source()),
    DETECTOR("detectorId", AlertRow::detector),
    CATEGORY("category", row -> row.threat().category()),
    THREAT_FAMILY("threatFamilyName", row -> row.threat().family()),
    TITLE("title", row -> row.threat().title()),
    DESCRIPTION("description", row -> row.threat().description()),
    CREATED("alertCreationTime", row -> Ticks.instant(row.created())),
    FIRST_EVENT("firstEventTime", row -> Ticks.instant(row.firstEvent())),
    LAST_EVENT("lastEventTime", row -> Ticks.instant(row.lastEvent())),
    UPDATED("lastUpdateTime", row -> Ticks.instant(row.updated())),
    RESOLVED("resolvedTime", AlertRow::resolved),
    MACHINE("machineId", AlertRow::machineId),
    COMPUTER("computerDnsName", AlertRow::computerName),
    GROUP("rbacGroupName", AlertRow::group),
    TENANT("aadTenantId", AlertRow::tenant),
    THREAT_NAME("threatName", row -> row.threat().name()),
    TECHNIQUES("mitreTechniques", row -> row.threat().techniques()),
    RELATED_USER("relatedUser", AlertRow::relatedUser),
    LOGGED_ON("loggedOnUsers", AlertRow::loggedOnUsers),
    COMMENTS("comments", row -> List.of()),
    EVIDENCE("evidence", AlertRow::evidence),
    DOMAINS("domains", row -> List.of());

    private static final Map<String, AlertMember> BY_NAME = new HashMap<>();

    static {
        for (AlertMember member : values()) {
            BY_NAME.put(member.json.toLowerCase(Locale.ROOT), member);
        }
    }

    private final String json;
    // Method references without state; the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<AlertRow, @Nullable Object> computed;

    AlertMember(String json, Function<AlertRow, @Nullable Object> computed) {
        this.json = json;
        this.computed = computed;
    }

    String json() {
        return json;
    }

    @Nullable
    Object compute(AlertRow row) {
        return computed.apply(row);
    }

    /** Returns a member by its name, in any letter case. */
    static @Nullable AlertMember of(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }
}
