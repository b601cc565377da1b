package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertMember;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.AlertScan;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alert as Microsoft Graph shows it: the same alert under other names, enumerations in camel case. */
public final class GraphAlert {

    static final AlertScan.Form FORM =
            new AlertScan.Form("createdDateTime", "lastUpdateDateTime", null, GraphAlert::of);

    private static final Map<String, Function<AlertRow, @Nullable Object>> MEMBERS = members();

    private GraphAlert() {}

    static View<AlertRow> of(AlertRow row) {
        return new View<>(row, MEMBERS).with(row.alerts().inGraph(row.index()));
    }

    private static Map<String, Function<AlertRow, @Nullable Object>> members() {
        Map<String, Function<AlertRow, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("id", AlertRow::id);
        all.put("providerAlertId", AlertRow::id);
        all.put("incidentId", GraphAlert::incident);
        all.put("status", row -> GraphEnums.toGraph(row.value(AlertMember.STATUS)));
        all.put("severity", row -> GraphEnums.toGraph(row.value(AlertMember.SEVERITY)));
        all.put("classification", row -> GraphEnums.toGraph(row.value(AlertMember.CLASSIFICATION)));
        all.put("determination", row -> GraphEnums.toGraph(row.value(AlertMember.DETERMINATION)));
        all.put(
                "serviceSource",
                row -> mail(row)
                        ? "microsoftDefenderForOffice365"
                        : CloudEvidence.has(row) ? "microsoftDefenderForCloud" : "microsoftDefenderForEndpoint");
        all.put(
                "detectionSource",
                row -> CloudEvidence.has(row)
                        ? CloudEvidence.detectionSource(row)
                        : GraphEnums.toGraph(row.value(AlertMember.DETECTION_SOURCE)));
        all.put(
                "productName",
                row -> mail(row)
                        ? "Microsoft Defender for Office 365"
                        : CloudEvidence.has(row) ? "Microsoft Defender for Cloud" : "Microsoft Defender for Endpoint");
        all.put("detectorId", row -> row.value(AlertMember.DETECTOR));
        all.put("tenantId", AlertRow::tenant);
        all.put("title", row -> row.value(AlertMember.TITLE));
        all.put("description", row -> row.value(AlertMember.DESCRIPTION));
        all.put("recommendedActions", row -> "Look at the timeline of the device.\nCollect what was found.");
        all.put("category", row -> row.value(AlertMember.CATEGORY));
        all.put(
                "categories",
                row -> Stream.ofNullable(row.value(AlertMember.CATEGORY)).toList());
        all.put("assignedTo", row -> row.value(AlertMember.ASSIGNED_TO));
        all.put("alertWebUrl", row -> page("alerts", row.id(), row.tenant()));
        all.put("incidentWebUrl", GraphAlert::incidentPage);
        all.put("actorDisplayName", row -> null);
        all.put("threatDisplayName", row -> row.value(AlertMember.THREAT_NAME));
        all.put("threatFamilyName", row -> row.value(AlertMember.THREAT_FAMILY));
        all.put("mitreTechniques", row -> row.value(AlertMember.TECHNIQUES));
        all.put("createdDateTime", row -> row.value(AlertMember.CREATED));
        all.put("lastUpdateDateTime", row -> row.value(AlertMember.UPDATED));
        all.put("resolvedDateTime", row -> row.value(AlertMember.RESOLVED));
        all.put("firstActivityDateTime", row -> row.value(AlertMember.FIRST_EVENT));
        all.put("lastActivityDateTime", row -> row.value(AlertMember.LAST_EVENT));
        all.put("comments", row -> comments(row.value(AlertMember.COMMENTS)));
        all.put("evidence", GraphEvidence::of);
        all.put("systemTags", row -> List.of());
        all.put("customDetails", row -> null);
        all.put("additionalData", row -> null);
        all.put("alertPolicyId", row -> null);
        all.put("investigationState", row -> GraphEnums.toGraph(row.value(AlertMember.INVESTIGATION_STATE)));
        return all;
    }

    private static boolean mail(AlertRow row) {
        return "OfficeATP".equals(row.value(AlertMember.DETECTION_SOURCE));
    }

    private static @Nullable String incident(AlertRow row) {
        Object number = row.value(AlertMember.INCIDENT);
        return number == null ? null : number.toString();
    }

    private static @Nullable String incidentPage(AlertRow row) {
        String incident = incident(row);
        return incident == null ? null : page("incidents", incident, row.tenant());
    }

    public static String page(String kind, String id, String tenant) {
        return "https://security.microsoft.com/" + kind + "/" + id + "?tid=" + tenant;
    }

    static List<Entity> comments(@Nullable Object comments) {
        return comments instanceof List<?> list
                ? list.stream()
                        .map(comment -> new Entity()
                                .with("comment", Values.member(comment, "comment"))
                                .with("createdByDisplayName", Values.member(comment, "createdBy"))
                                .with("createdDateTime", Values.member(comment, "createdTime")))
                        .toList()
                : List.of();
    }
}
