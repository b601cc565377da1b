package io.github.defenderreactive.emulator.internal.xdr;

import io.github.defenderreactive.emulator.internal.alerts.AlertMember;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.alerts.Evidence.Member;
import io.github.defenderreactive.emulator.internal.alerts.Incident;
import io.github.defenderreactive.emulator.internal.alerts.Incidents;
import io.github.defenderreactive.emulator.internal.graph.GraphAlert;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An incident as Defender XDR shows it: with its alerts, and in them devices and entities. */
final class XdrIncident {

    static final Incidents.Form FORM = new Incidents.Form("createdTime", "lastUpdateTime", XdrIncident::of);

    private static final Map<String, Function<Incident, @Nullable Object>> MEMBERS = members();
    private static final Map<String, Function<AlertRow, @Nullable Object>> ALERT_MEMBERS = alertMembers();

    /** Members of an entity that no evidence of a device has. */
    private static final List<String> ABSENT = List.of(
            "mailboxDisplayName",
            "mailboxAddress",
            "clusterBy",
            "sender",
            "recipient",
            "subject",
            "deliveryAction",
            "securityGroupId",
            "securityGroupName");

    private XdrIncident() {}

    static View<Incident> of(Incident incident) {
        return new View<>(incident, MEMBERS).with(incident.only(XdrIncidentItems.API));
    }

    private static Map<String, Function<Incident, @Nullable Object>> members() {
        Map<String, Function<Incident, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("incidentId", Incident::number);
        all.put(
                "incidentUri",
                incident -> GraphAlert.page("incidents", Long.toString(incident.number()), incident.tenant()));
        all.put("redirectIncidentId", Incident::redirect);
        all.put("incidentName", Incident::name);
        all.put("createdTime", Incident::created);
        all.put("lastUpdateTime", Incident::updated);
        all.put("assignedTo", Incident::assignedTo);
        all.put("classification", Incident::classification);
        all.put("determination", Incident::determination);
        all.put("status", Incident::status);
        all.put("severity", Incident::severity);
        all.put("tags", Incident::tags);
        all.put("comments", Incident::comments);
        all.put(
                "alerts",
                incident -> incident.alerts().stream()
                        .map(row -> new View<>(row, ALERT_MEMBERS))
                        .toList());
        return all;
    }

    private static Map<String, Function<AlertRow, @Nullable Object>> alertMembers() {
        Map<String, Function<AlertRow, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("alertId", AlertRow::id);
        all.put("providerAlertId", AlertRow::id);
        all.put("incidentId", row -> row.value(AlertMember.INCIDENT));
        all.put(
                "serviceSource",
                row -> "OfficeATP".equals(row.value(AlertMember.DETECTION_SOURCE))
                        ? "OfficeATP"
                        : "MicrosoftDefenderATP");
        all.put("creationTime", row -> row.value(AlertMember.CREATED));
        all.put("lastUpdatedTime", row -> row.value(AlertMember.UPDATED));
        all.put("resolvedTime", row -> row.value(AlertMember.RESOLVED));
        all.put("firstActivity", row -> row.value(AlertMember.FIRST_EVENT));
        all.put("lastActivity", row -> row.value(AlertMember.LAST_EVENT));
        all.put("title", row -> row.value(AlertMember.TITLE));
        all.put("description", row -> row.value(AlertMember.DESCRIPTION));
        all.put("category", row -> row.value(AlertMember.CATEGORY));
        all.put("status", row -> row.value(AlertMember.STATUS));
        all.put("severity", row -> row.value(AlertMember.SEVERITY));
        all.put("investigationId", row -> row.value(AlertMember.INVESTIGATION));
        all.put("investigationState", row -> row.value(AlertMember.INVESTIGATION_STATE));
        all.put("classification", row -> row.value(AlertMember.CLASSIFICATION));
        all.put("determination", row -> row.value(AlertMember.DETERMINATION));
        all.put("detectionSource", row -> row.value(AlertMember.DETECTION_SOURCE));
        all.put("detectorId", row -> row.value(AlertMember.DETECTOR));
        all.put("assignedTo", row -> row.value(AlertMember.ASSIGNED_TO));
        all.put("actorName", row -> null);
        all.put("threatFamilyName", row -> row.value(AlertMember.THREAT_FAMILY));
        all.put("mitreTechniques", row -> row.value(AlertMember.TECHNIQUES));
        all.put("devices", row -> List.of(device(row)));
        all.put("entities", XdrIncident::entities);
        return all;
    }

    private static Entity device(AlertRow row) {
        Entity machine = row.alerts().machines().entity(row.device());
        return new Entity()
                .with("mdatpDeviceId", machine.get("id"))
                .with("deviceId", machine.get("id"))
                .with("aadDeviceId", machine.get("aadDeviceId"))
                .with("deviceDnsName", machine.get("computerDnsName"))
                .with("osPlatform", machine.get("osPlatform"))
                .with("version", machine.get("version"))
                .with("osProcessor", machine.get("osProcessor"))
                .with("osBuild", machine.get("osBuild"))
                .with("healthStatus", machine.get("healthStatus"))
                .with("riskScore", machine.get("riskScore"))
                .with("rbacGroupName", machine.get("rbacGroupName"))
                .with("rbacGroupId", machine.get("rbacGroupId"))
                .with("firstSeen", machine.get("firstSeen"))
                .with("tags", machine.get("machineTags"));
    }

    private static List<Entity> entities(AlertRow row) {
        return row.evidence().stream().map(evidence -> entity(row, evidence)).toList();
    }

    private static Entity entity(AlertRow row, Evidence evidence) {
        Object type = evidence.get(Member.ENTITY_TYPE);
        Entity entity = new Entity()
                .with("entityType", "RegistryValue".equals(type) ? "Registry" : type)
                .with("evidenceCreationTime", evidence.get(Member.CREATED))
                .with("verdict", "Suspicious")
                .with("remediationStatus", "None")
                .with("sha1", evidence.get(Member.SHA1))
                .with("sha256", evidence.get(Member.SHA256))
                .with("fileName", evidence.get(Member.FILE_NAME))
                .with("filePath", evidence.get(Member.FILE_PATH))
                .with("processId", evidence.get(Member.PROCESS_ID))
                .with("processCommandLine", evidence.get(Member.COMMAND_LINE))
                .with("processCreationTime", evidence.get(Member.PROCESS_CREATED))
                .with("parentProcessId", evidence.get(Member.PARENT_ID))
                .with("parentProcessCreationTime", evidence.get(Member.PARENT_CREATED))
                .with("ipAddress", evidence.get(Member.IP_ADDRESS))
                .with("url", evidence.get(Member.URL))
                .with("accountName", evidence.get(Member.ACCOUNT))
                .with("domainName", evidence.get(Member.DOMAIN))
                .with("userSid", evidence.get(Member.SID))
                .with("aadUserId", evidence.get(Member.AAD_USER))
                .with("userPrincipalName", evidence.get(Member.PRINCIPAL));
        ABSENT.forEach(member -> entity.with(member, null));
        return entity.with("registryHive", evidence.get(Member.REGISTRY_HIVE))
                .with("registryKey", evidence.get(Member.REGISTRY_KEY))
                .with("registryValueType", evidence.get(Member.REGISTRY_TYPE))
                .with("registryValue", evidence.get(Member.REGISTRY_VALUE))
                .with("deviceId", "User".equals(type) ? null : row.machineId());
    }
}
