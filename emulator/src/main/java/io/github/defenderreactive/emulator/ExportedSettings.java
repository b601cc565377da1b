package io.github.defenderreactive.emulator;

import java.util.List;

/** Records of the secure configuration assessment: every configuration on every device. */
final class ExportedSettings {

    private record Setting(String id, String category, String subcategory, int impact, String name, boolean windows) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("scid-9001", "Network", "", 5, "Close the remote shell", false),
            new Setting("scid-9002", "OS", "Disk", 8, "Encrypt the disks", false),
            new Setting("scid-9003", "Accounts", "Passwords", 6, "Lock accounts after ten wrong passwords", false),
            new Setting("scid-9004", "Application", "Office", 7, "Block macros of the web", true),
            new Setting("scid-9005", "Security controls", "Antivirus", 9, "Turn on real-time protection", false),
            new Setting("scid-9006", "Security controls", "Firewall", 8, "Turn on the firewall", true));

    private final ExportedDevices devices;

    ExportedSettings(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        long hash = devices.hash(device.number(), 220);
        return SETTINGS.stream()
                .map(setting -> {
                    boolean applicable = device.windows() || !setting.windows();
                    return device.columns()
                            .with("osVersion", device.osVersion())
                            .with("timestamp", ExportTimes.millis(device.lastSeen()))
                            .with("configurationId", setting.id())
                            .with("configurationCategory", setting.category())
                            .with("configurationSubcategory", setting.subcategory())
                            .with("configurationImpact", setting.impact())
                            .with("isCompliant", !applicable || (hash >>> setting.impact() & 3) != 0)
                            .with("isApplicable", applicable)
                            .with("isExpectedUserImpact", setting.impact() == 7)
                            .with("configurationName", setting.name())
                            .with("recommendationReference", "sca-_-" + setting.id());
                })
                .toList();
    }
}
