package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.inventory.Inventory;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The software of the devices and its vulnerabilities as the snapshots show them. The newest one shows the inventory;
 * in older ones some products have another version, and some vulnerabilities or exploits are not there yet.
 */
final class ExportedSoftware {

    private final ExportedDevices devices;
    private final Inventory inventory;

    ExportedSoftware(ExportedDevices devices, Inventory inventory) {
        this.devices = devices;
        this.inventory = inventory;
    }

    /** Records of the software inventory. */
    List<Entity> products(ExportedDevice device, ExportSnapshot snapshot) {
        List<Entity> records = new ArrayList<>();
        for (Inventory.Installed product : inventory.installedOn(device.number())) {
            long hash = hash(device.number(), product.name(), 211);
            boolean supported = Math.floorMod(hash, 5L) != 0;
            records.add(device.columns()
                    .with("softwareVendor", product.vendor())
                    .with("softwareName", product.name())
                    .with("softwareVersion", version(device.number(), product, snapshot))
                    .with(
                            "numberOfWeaknesses",
                            known(device.number(), product, snapshot).size())
                    .with("diskPaths", diskPaths(device, product))
                    .with("registryPaths", registryPaths(device, product))
                    .with("softwareFirstSeenTimestamp", ExportTimes.seconds(device.firstSeen()))
                    .with("endOfSupportStatus", supported ? "None" : "Upcoming EOS Version")
                    .with("endOfSupportDate", supported ? null : "2027-12-31T00:00:00+00:00"));
        }
        return records;
    }

    /** Records of the vulnerability assessment; a product without a vulnerability has one of its own. */
    List<Entity> vulnerabilities(ExportedDevice device, ExportSnapshot snapshot) {
        List<Entity> records = new ArrayList<>();
        for (Inventory.Installed product : inventory.installedOn(device.number())) {
            List<Entity> known = known(device.number(), product, snapshot);
            for (Entity vulnerability : known) {
                records.add(vulnerability(device, product, vulnerability, snapshot));
            }
            if (known.isEmpty()) {
                records.add(vulnerability(device, product, null, snapshot));
            }
        }
        return records;
    }

    private Entity vulnerability(
            ExportedDevice device,
            Inventory.Installed product,
            @Nullable Entity vulnerability,
            ExportSnapshot snapshot) {
        String version = version(device.number(), product, snapshot);
        Object cve = vulnerability == null ? null : vulnerability.get("id");
        boolean exploit = vulnerability != null
                && Boolean.TRUE.equals(vulnerability.get("publicExploit"))
                && snapshot.index() >= exploited(vulnerability);
        Entity record = new Entity()
                .with("id", device.id() + "_" + product.name() + "_" + version + "_" + (cve == null ? "" : cve) + "_")
                .withAll(device.columns().members())
                .with("osVersion", device.osVersion())
                .with("osArchitecture", "x64")
                .with("softwareVendor", product.vendor())
                .with("softwareName", product.name())
                .with("softwareVersion", version)
                .with("cveId", cve)
                .with("vulnerabilitySeverityLevel", vulnerability == null ? null : vulnerability.get("severity"));
        if (vulnerability != null && vulnerability.get("cvssV3") != null) {
            record.with("cvssScore", vulnerability.get("cvssV3"));
        }
        return record.with(
                        "recommendedSecurityUpdate",
                        vulnerability == null ? null : product.name() + " " + product.goodVersion())
                .with("recommendedSecurityUpdateId", null)
                .with("recommendedSecurityUpdateUrl", null)
                .with("diskPaths", diskPaths(device, product))
                .with("registryPaths", registryPaths(device, product))
                .with("lastSeenTimestamp", ExportTimes.seconds(device.lastSeen()))
                .with("firstSeenTimestamp", ExportTimes.seconds(firstSeen(device, product, vulnerability)))
                .with("exploitabilityLevel", exploit ? "ExploitIsPublic" : "NoExploit")
                .with("recommendationReference", "va-_-" + product.vendor() + "-_-" + product.name())
                .with("securityUpdateAvailable", vulnerability != null);
    }

    /** Returns the snapshots in which a device may look different than in the one before, in the order of time. */
    SortedSet<Long> changes(int device) {
        SortedSet<Long> changes = new TreeSet<>();
        add(changes, devices.moved(device));
        for (Inventory.Installed product : inventory.installedOn(device)) {
            add(changes, updated(device, product));
            for (Entity vulnerability : product.vulnerabilities()) {
                add(changes, appeared(device, vulnerability));
                if (Boolean.TRUE.equals(vulnerability.get("publicExploit"))) {
                    changes.add(exploited(vulnerability));
                }
            }
        }
        return changes;
    }

    private static void add(SortedSet<Long> changes, @Nullable Long snapshot) {
        if (snapshot != null) {
            changes.add(snapshot);
        }
    }

    /** Returns the differences of the snapshots from the first to the last from those before them. */
    ExportFiles changes(ExportSnapshot first, ExportSnapshot last) {
        return new VulnerabilityChanges(devices, this, first, last);
    }

    private String version(int device, Inventory.Installed product, ExportSnapshot snapshot) {
        Long updated = updated(device, product);
        return updated != null && snapshot.index() < updated ? Inventory.before(product.version()) : product.version();
    }

    private List<Entity> known(int device, Inventory.Installed product, ExportSnapshot snapshot) {
        return product.vulnerabilities().stream()
                .filter(vulnerability -> {
                    Long appeared = appeared(device, vulnerability);
                    return appeared == null || snapshot.index() >= appeared;
                })
                .toList();
    }

    private Instant firstSeen(ExportedDevice device, Inventory.Installed product, @Nullable Entity vulnerability) {
        if (vulnerability == null) {
            return device.firstSeen();
        }
        Long appeared = appeared(device.number(), vulnerability);
        if (appeared != null) {
            return new ExportSnapshot(appeared).time().minus(Duration.ofMinutes(47));
        }
        int hours = Seeded.below(hash(device.number(), product.name(), 212), 48);
        return ((Instant) Objects.requireNonNull(vulnerability.get("publishedOn"))).plus(Duration.ofHours(hours));
    }

    /** Returns the snapshot that shows the present version of a product first; null if none shows another. */
    private @Nullable Long updated(int device, Inventory.Installed product) {
        long hash = hash(device, product.name(), 213);
        return Math.floorMod(hash, 8L) == 0 ? (Long) devices.changed(hash >>> 8) : null;
    }

    /** Returns the snapshot that shows a vulnerability on a device first; null if all do. */
    private @Nullable Long appeared(int device, Entity vulnerability) {
        long hash = hash(device, String.valueOf(vulnerability.get("id")), 214);
        return Math.floorMod(hash, 12L) == 0 ? (Long) devices.changed(hash >>> 8) : null;
    }

    /** Returns the snapshot that shows an exploit as public first. */
    private long exploited(Entity vulnerability) {
        return devices.changed(hash(0, String.valueOf(vulnerability.get("id")), 215));
    }

    private long hash(int device, String name, int purpose) {
        return devices.hash(device * 31 + name.hashCode(), purpose);
    }

    private static List<String> diskPaths(ExportedDevice device, Inventory.Installed product) {
        return List.of(
                device.windows()
                        ? "C:\\Program Files\\" + product.vendor() + "\\" + product.name() + ".exe"
                        : "/opt/" + product.vendor() + "/" + product.name());
    }

    private static List<String> registryPaths(ExportedDevice device, Inventory.Installed product) {
        return device.windows()
                ? List.of("HKEY_LOCAL_MACHINE\\SOFTWARE\\" + product.vendor() + "\\" + product.name())
                : List.of();
    }
}
