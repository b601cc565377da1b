package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertMember;
import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.List;

/**
 * Evidence of the cloud. One alert in nine is of Microsoft Defender for Cloud: about a container, or about a server
 * that an account signed in to.
 */
final class CloudEvidence {

    private static final int ONE_IN = 9;
    private static final String SUBSCRIPTION = "/subscriptions/5c1d7c2e-7a11-4a7e-9a0c-2f1b6a7d9e01";

    private CloudEvidence() {}

    /** Returns whether an alert has evidence of the cloud. An alert with a given title or source has none. */
    static boolean has(AlertRow row) {
        return Math.floorMod(row.hash() >>> 21, (long) ONE_IN) == 0
                && !"OfficeATP".equals(row.threat().source())
                && row.threat().source().equals(row.value(AlertMember.DETECTION_SOURCE))
                && row.threat().title().equals(row.value(AlertMember.TITLE));
    }

    /** Returns the detection source, a value after the sentinel. */
    static String detectionSource(AlertRow row) {
        return inContainer(row) ? "microsoftDefenderForContainers" : "microsoftDefenderForServers";
    }

    private static boolean inContainer(AlertRow row) {
        return (row.hash() >>> 33 & 1) == 0;
    }

    static List<Entity> of(AlertRow row) {
        return inContainer(row) ? container(row) : server(row);
    }

    private static Entity begin(AlertRow row, String kind) {
        return GraphEvidence.begin(kind, row.value(AlertMember.CREATED), List.of());
    }

    private static Entity resource(AlertRow row, String type, String name) {
        return begin(row, "azureResourceEvidence")
                .with("resourceId", SUBSCRIPTION + "/resourceGroups/harbour/providers/" + type + "/" + name)
                .with("resourceName", name)
                .with("resourceType", type);
    }

    private static Entity ip(AlertRow row, String address) {
        return begin(row, "ipEvidence")
                .with("ipAddress", address)
                .with("countryLetterCode", null)
                .with(
                        "location",
                        new Entity()
                                .with("countryName", "Netherlands")
                                .with("state", null)
                                .with("city", "Rotterdam")
                                .with("latitude", 51.95)
                                .with("longitude", 4.14))
                .with("stream", null);
    }

    private static List<Entity> container(AlertRow row) {
        int crane = Seeded.below(row.hash() >>> 9, 40);
        Entity cluster = begin(row, "kubernetesClusterEvidence")
                .with("cloudResource", resource(row, "Microsoft.ContainerService/managedClusters", "cranes"))
                .with("name", "cranes")
                .with("platform", "aks")
                .with("distribution", "aks")
                .with("version", "1.31.2");
        Entity namespace = begin(row, "kubernetesNamespaceEvidence")
                .with("name", "quay")
                .with("cluster", cluster)
                .with("labels", new Entity().with("shift", "night"));
        Entity image = begin(row, "containerImageEvidence")
                .with("imageId", "registry.harbour.example/crane:1.4")
                .with("digestImage", null)
                .with("registry", begin(row, "containerRegistryEvidence").with("registry", "registry.harbour.example"));
        Entity container = begin(row, "containerEvidence")
                .with("remediationStatus", "active")
                .with("containerId", Long.toHexString(row.hash()))
                .with("name", "crane")
                .with("image", image)
                .with("command", List.of("/bin/crane"))
                .with("args", List.of("--berth", Integer.toString(crane)))
                .with("isPrivileged", crane % 2 == 0);
        Entity pod = begin(row, "kubernetesPodEvidence")
                .with("name", "crane-" + crane)
                .with("namespace", namespace)
                .with("labels", new Entity().with("app", "crane"))
                .with("podIp", ip(row, "10.244.0." + (10 + crane)))
                .with("containers", List.of(container))
                .with("initContainers", List.of())
                .with("ephemeralContainers", List.of())
                .with(
                        "serviceAccount",
                        begin(row, "kubernetesServiceAccountEvidence")
                                .with("name", "crane-runner")
                                .with("namespace", namespace))
                .with("controller", null);
        return List.of(cluster, container, pod);
    }

    private static List<Entity> server(AlertRow row) {
        Integer user = row.user();
        Entity account = begin(row, "userEvidence")
                .with(
                        "userAccount",
                        user == null
                                ? null
                                : new Entity()
                                        .with(
                                                "accountName",
                                                row.alerts().organisation().account(user))
                                        .with("domainName", Organisation.DOMAIN))
                .with("stream", null);
        Instant begun = Ticks.instant(row.firstEvent());
        return List.of(
                resource(row, "Microsoft.Compute/virtualMachines", row.computerName()),
                begin(row, "servicePrincipalEvidence")
                        .with("appId", Seeded.uuid(row.hash(), 1, 96))
                        .with("appOwnerTenantId", row.tenant())
                        .with("servicePrincipalName", "harbour-deploy")
                        .with("servicePrincipalObjectId", Seeded.uuid(row.hash(), 2, 96))
                        .with("servicePrincipalType", "application")
                        .with("tenantId", row.tenant()),
                begin(row, "cloudLogonSessionEvidence")
                        .with("remediationStatus", "active")
                        .with("sessionId", Seeded.uuid(row.hash(), 3, 96))
                        .with("account", account)
                        .with("startUtcDateTime", begun)
                        .with("previousLogonDateTime", null)
                        .with("protocol", "OAuth")
                        .with("userAgent", "Mozilla/5.0")
                        .with("browser", "Edge")
                        .with("operatingSystem", "Windows")
                        .with("deviceName", row.computerName()),
                begin(row, "networkConnectionEvidence")
                        .with("sourceAddress", ip(row, "198.51.100.24"))
                        .with("sourcePort", 50_000 + Seeded.below(row.hash() >>> 5, 9_000))
                        .with("destinationAddress", ip(row, "203.0.113.80"))
                        .with("destinationPort", 443)
                        .with("protocol", "tcp"));
    }
}
