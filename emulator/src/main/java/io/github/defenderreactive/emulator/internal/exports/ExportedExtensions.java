package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Browser extensions on the devices, in members that begin with capitals, and what their permissions mean. */
final class ExportedExtensions {

    private record Permission(String key, String name, String description, String risk) {}

    private record Extension(String id, String name, String description, String version, List<String> permissions) {}

    private static final List<Permission> PERMISSIONS = List.of(
            new Permission("tabs", "See open tabs", "Learns which pages are open.", "Medium"),
            new Permission("storage", "Keep values", "Keeps values of its own in the browser.", "Low"),
            new Permission("cookies", "Read cookies", "Can act as the user on pages.", "High"),
            new Permission("clipboardRead", "Read the clipboard", "Sees what was copied, passwords too.", "High"),
            new Permission("geolocation", "Know the position", "Learns where the device is.", "Medium"),
            new Permission("notifications", "Show notices", "Can show notices that look like others.", "Low"),
            new Permission("proxy", "Change the proxy", "Can lead all traffic elsewhere.", "Critical"));

    private static final List<Extension> EXTENSIONS = List.of(
            new Extension(
                    "mnopabcdefghijklmnopabcdefghijkl",
                    "Tide Clock",
                    "Shows high and low water in the toolbar.",
                    "6.2.1",
                    List.of("geolocation", "storage")),
            new Extension(
                    "ponmlkjihgfedcbaponmlkjihgfedcba",
                    "Quay Notes",
                    "Notes for the shift.",
                    "1.9",
                    List.of("storage", "notifications")),
            new Extension(
                    "aaccbbddeeffgghhaaccbbddeeffgghh",
                    "Free Harbour VPN",
                    "Fast and free.",
                    "11.0.3",
                    List.of("proxy", "cookies", "https://*/*")),
            new Extension(
                    "kkllkkllmmnnmmnnkkllkkllmmnnmmnn",
                    "Clip Collector",
                    "Remembers what was copied.",
                    "3.3.0",
                    List.of("clipboardRead", "tabs")));

    private static final List<String> RISKS = List.of("None", "Low", "Medium", "High", "Critical");
    private static final List<String> BROWSERS = List.of("chrome", "edge", "firefox");

    private final ExportedDevices devices;

    ExportedExtensions(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        List<Entity> records = new ArrayList<>();
        for (int i = 0; i < EXTENSIONS.size(); i++) {
            long hash = devices.hash(device.number(), 230 + i);
            if (!device.group().equals("Servers") && Math.floorMod(hash, 3L) == 0) {
                records.add(record(device, EXTENSIONS.get(i), hash >>> 8));
            }
        }
        return records;
    }

    private static Entity record(ExportedDevice device, Extension extension, long hash) {
        List<Entity> permissions = extension.permissions().stream()
                .map(key -> new Entity()
                        .with("Id", key)
                        .with("IsRequired", !key.equals("storage"))
                        .with("Risk", risk(key)))
                .toList();
        int highest = extension.permissions().stream()
                .mapToInt(key -> RISKS.indexOf(risk(key)))
                .max()
                .orElse(0);
        return new Entity()
                .with("DeviceId", device.id())
                .with("DeviceName", device.name())
                .with("RbacGroupId", device.groupId())
                .with("RbacGroupName", device.group())
                .with("InstallationTime", device.firstSeen().plus(Duration.ofHours(Seeded.below(hash, 4_000))))
                .with("BrowserName", Seeded.pick(hash, BROWSERS))
                .with("ExtensionId", extension.id())
                .with("ExtensionName", extension.name())
                .with("ExtensionDescription", extension.description())
                .with("ExtensionVersion", extension.version())
                .with("ExtensionRisk", RISKS.get(highest))
                .with("IsActivated", Math.floorMod(hash, 5L) != 0)
                .with("Permissions", permissions);
    }

    private static String risk(String key) {
        return PERMISSIONS.stream()
                .filter(permission -> permission.key().equals(key))
                .map(Permission::risk)
                .findFirst()
                .orElse("High");
    }

    static List<Entity> permissions() {
        return PERMISSIONS.stream()
                .map(permission -> new Entity()
                        .with("key", permission.key())
                        .with("permissionName", permission.name())
                        .with("description", permission.description()))
                .toList();
    }
}
