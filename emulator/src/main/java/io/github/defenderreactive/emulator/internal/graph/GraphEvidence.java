package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertMember;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.alerts.Evidence.Member;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evidence of an alert as Microsoft Graph shows it: first the device, then a type for each kind of entity. */
final class GraphEvidence {

    private static final String NAMESPACE = "#microsoft.graph.security.";

    private GraphEvidence() {}

    static List<Entity> of(AlertRow row) {
        List<Entity> all = new ArrayList<>();
        all.add(device(row));
        row.evidence().forEach(evidence -> all.add(entity(row, evidence)));
        if (CloudEvidence.has(row)) {
            all.addAll(CloudEvidence.of(row));
        }
        return all;
    }

    static Entity begin(String kind, @Nullable Object created, List<String> roles) {
        return new Entity()
                .with("@odata.type", NAMESPACE + kind)
                .with("createdDateTime", created)
                .with("verdict", "suspicious")
                .with("remediationStatus", "none")
                .with("remediationStatusDetails", null)
                .with("roles", roles)
                .with("detailedRoles", List.of())
                .with("tags", List.of());
    }

    private static Entity device(AlertRow row) {
        Entity machine = row.alerts().machines().entity(row.device());
        Object name = machine.get("computerDnsName");
        return begin("deviceEvidence", row.value(AlertMember.CREATED), List.of("compromised"))
                .with("tags", machine.get("machineTags"))
                .with("firstSeenDateTime", machine.get("firstSeen"))
                .with("mdeDeviceId", machine.get("id"))
                .with("azureAdDeviceId", machine.get("aadDeviceId"))
                .with("deviceDnsName", name)
                .with("hostName", String.valueOf(name).split("\\.", 2)[0])
                .with("osPlatform", machine.get("osPlatform"))
                .with("osBuild", machine.get("osBuild"))
                .with("version", machine.get("version"))
                .with("healthStatus", GraphEnums.toGraph(machine.get("healthStatus")))
                .with("riskScore", GraphEnums.toGraph(machine.get("riskScore")))
                .with("rbacGroupId", machine.get("rbacGroupId"))
                .with("rbacGroupName", machine.get("rbacGroupName"))
                .with("onboardingStatus", GraphEnums.toGraph(machine.get("onboardingStatus")))
                .with("defenderAvStatus", GraphEnums.toGraph(machine.get("defenderAvStatus")))
                .with("lastIpAddress", machine.get("lastIpAddress"))
                .with("lastExternalIpAddress", machine.get("lastExternalIpAddress"))
                .with("ipInterfaces", List.of(String.valueOf(machine.get("lastIpAddress"))))
                .with("loggedOnUsers", row.value(AlertMember.LOGGED_ON))
                .with("vmMetadata", null);
    }

    private static Entity entity(AlertRow row, Evidence evidence) {
        Object created = evidence.get(Member.CREATED);
        String device = row.machineId();
        return switch (String.valueOf(evidence.get(Member.ENTITY_TYPE))) {
            case "User" -> begin("userEvidence", created, List.of()).with("userAccount", account(evidence));
            case "File" ->
                begin("fileEvidence", created, List.of())
                        .with("detectionStatus", "detected")
                        .with("mdeDeviceId", device)
                        .with("fileDetails", file(evidence));
            case "Process" -> process(row, evidence, device);
            case "Ip" ->
                begin("ipEvidence", created, List.of("commandAndControl"))
                        .with("ipAddress", evidence.get(Member.IP_ADDRESS))
                        .with("countryLetterCode", null);
            case "Url" -> begin("urlEvidence", created, List.of()).with("url", evidence.get(Member.URL));
            default ->
                begin("registryValueEvidence", created, List.of("edited"))
                        .with("mdeDeviceId", device)
                        .with("registryKey", evidence.get(Member.REGISTRY_KEY))
                        .with("registryHive", evidence.get(Member.REGISTRY_HIVE))
                        .with("registryValue", evidence.get(Member.REGISTRY_VALUE))
                        .with("registryValueName", evidence.get(Member.REGISTRY_NAME))
                        .with("registryValueType", evidence.get(Member.REGISTRY_TYPE));
        };
    }

    private static Entity process(AlertRow row, Evidence evidence, String device) {
        Entity parent = new Entity()
                .with("sha1", null)
                .with("sha256", null)
                .with("fileName", evidence.get(Member.PARENT_FILE_NAME))
                .with("filePath", evidence.get(Member.PARENT_FILE_PATH));
        Integer user = row.user();
        Organisation organisation = row.alerts().organisation();
        return begin("processEvidence", evidence.get(Member.CREATED), List.of())
                .with("detectionStatus", "detected")
                .with("mdeDeviceId", device)
                .with("processId", evidence.get(Member.PROCESS_ID))
                .with("processCommandLine", evidence.get(Member.COMMAND_LINE))
                .with("processCreationDateTime", evidence.get(Member.PROCESS_CREATED))
                .with("parentProcessId", evidence.get(Member.PARENT_ID))
                .with("parentProcessCreationDateTime", evidence.get(Member.PARENT_CREATED))
                .with("imageFile", file(evidence))
                .with("parentProcessImageFile", parent)
                .with(
                        "userAccount",
                        user == null
                                ? null
                                : new Entity()
                                        .with("accountName", organisation.account(user))
                                        .with("domainName", Organisation.DOMAIN));
    }

    private static Entity account(Evidence evidence) {
        return new Entity()
                .with("accountName", evidence.get(Member.ACCOUNT))
                .with("domainName", evidence.get(Member.DOMAIN))
                .with("userSid", evidence.get(Member.SID))
                .with("azureAdUserId", evidence.get(Member.AAD_USER))
                .with("userPrincipalName", evidence.get(Member.PRINCIPAL))
                .with("displayName", evidence.get(Member.ACCOUNT));
    }

    private static Entity file(Evidence evidence) {
        return new Entity()
                .with("sha1", evidence.get(Member.SHA1))
                .with("sha256", evidence.get(Member.SHA256))
                .with("fileName", evidence.get(Member.FILE_NAME))
                .with("filePath", evidence.get(Member.FILE_PATH))
                .with("fileSize", null)
                .with("filePublisher", null)
                .with("signer", null)
                .with("issuer", null);
    }
}
