package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The health of the antivirus on the devices, as a list and as an export. */
final class AvHealth {

    private static final List<String> MODES = List.of("0", "0", "0", "0", "0", "1", "1", "2", "4", "");

    private final ExportedDevices devices;

    AvHealth(ExportedDevices devices) {
        this.devices = devices;
    }

    /** Returns the devices in the order of their ids. */
    Iterator<Entity> rows(ExportSnapshot snapshot, @Nullable FilterExpression filter, long skip) {
        return devices.all(snapshot)
                .map(device -> row(device, snapshot))
                .filter(row -> filter == null || filter.test(row))
                .skip(skip)
                .iterator();
    }

    private Entity row(ExportedDevice device, ExportSnapshot snapshot) {
        long hash = devices.hash(device.number(), 270);
        Instant day = snapshot.time().truncatedTo(ChronoUnit.DAYS);
        boolean current = device.lastSeen().isAfter(day.minus(Duration.ofDays(2)));
        boolean failed = Math.floorMod(hash >>> 4, 12L) == 0;
        return new Entity()
                .with("id", device.id())
                .with("machineId", device.id())
                .with("computerDnsName", device.name())
                .with("osKind", kind(device))
                .with("osPlatform", device.platform())
                .with("osVersion", device.osVersion())
                .with("avMode", mode(device))
                .with(
                        "avSignatureVersion",
                        "1." + (429 + (current ? 1 : 0)) + "." + Seeded.below(hash >>> 8, 900) + ".0")
                .with("avEngineVersion", "1.1.26" + (current ? "100" : "080") + ".3")
                .with("avPlatformVersion", "4.18.26" + (current ? "100" : "070") + ".6")
                .with("lastSeenTime", device.lastSeen().truncatedTo(ChronoUnit.SECONDS))
                .with("quickScanResult", failed ? "Failed" : "Completed")
                .with("quickScanError", failed ? "80508023" : "")
                .with("quickScanTime", device.lastSeen().minus(Duration.ofMinutes(61)))
                .with("fullScanResult", "")
                .with("fullScanError", "")
                .with("fullScanTime", null)
                .with("dataRefreshTimestamp", snapshot.time())
                .with("avEngineUpdateTime", device.lastSeen().minus(Duration.ofDays(4)))
                .with("avSignatureUpdateTime", device.lastSeen().minus(Duration.ofHours(3)))
                .with("avPlatformUpdateTime", device.lastSeen().minus(Duration.ofDays(20)))
                .with("avIsSignatureUpToDate", current ? "True" : "False")
                .with("avIsEngineUpToDate", current ? "True" : "Unknown")
                .with("avIsPlatformUpToDate", current ? "True" : "Unknown")
                .with("avSignaturePublishTime", device.lastSeen().minus(Duration.ofHours(5)))
                .with("rbacGroupName", device.group())
                .with("rbacGroupId", device.groupId());
    }

    /** Records of the information gathering, whose members begin with capitals like the columns of hunting. */
    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        Entity row = row(device, snapshot);
        Entity gathered = new Entity();
        for (String member : List.of(
                "avMode", "avSignatureVersion", "avEngineVersion", "avPlatformVersion", "avIsSignatureUpToDate")) {
            gathered.with(member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1), row.get(member));
        }
        return List.of(new Entity()
                .with("DeviceId", device.id())
                .with("DeviceName", device.name())
                .with("OSPlatform", device.platform())
                .with("Timestamp", ExportTimes.seconds(snapshot.time()))
                .with("LastSeenTime", ExportTimes.seconds(device.lastSeen()))
                .with("DeviceGatheredInfo", gathered));
    }

    private String mode(ExportedDevice device) {
        return Seeded.pick(devices.hash(device.number(), 271), MODES);
    }

    private static String kind(ExportedDevice device) {
        if (device.windows()) {
            return "windows";
        }
        return device.platform().startsWith("mac") ? "mac" : "linux";
    }
}
