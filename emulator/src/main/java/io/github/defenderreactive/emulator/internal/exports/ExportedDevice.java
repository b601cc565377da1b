package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Instant;
import java.util.Locale;

/**
 * A device as a snapshot shows it.
 *
 * @param number its index among the machines
 * @param group name of the device group
 * @param groupId its number, 0 for devices in none
 * @param lastSeen the time of its last report before the snapshot
 */
record ExportedDevice(
        int number,
        String id,
        String name,
        String platform,
        String osVersion,
        String group,
        int groupId,
        Instant firstSeen,
        Instant lastSeen) {

    boolean windows() {
        return platform.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Returns the members that most records begin with. */
    Entity columns() {
        return new Entity()
                .with("deviceId", id)
                .with("rbacGroupId", groupId)
                .with("rbacGroupName", group)
                .with("deviceName", name)
                .with("osPlatform", platform);
    }
}
