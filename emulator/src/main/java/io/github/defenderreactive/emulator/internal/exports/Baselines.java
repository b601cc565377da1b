package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The security baselines: profiles, the configurations they assess, and how the devices comply. */
final class Baselines {

    private record Profile(int number, String name, String platform, String system, boolean active) {
        boolean coversPlatform(ExportedDevice device) {
            return device.platform().equals(platform);
        }

        String benchmarkVersion() {
            return "1.0.0-" + system.toLowerCase(Locale.ROOT).replace(' ', '_');
        }
    }

    private record Setting(String id, String title, String category, String expected, String source) {}

    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private static final List<Profile> PROFILES = List.of(
            new Profile(0, "Offices", "Windows11", "Windows 11", true),
            new Profile(1, "Cranes and gates", "Windows10", "Windows 10", true),
            new Profile(2, "Servers to come", "WindowsServer2022", "Windows Server 2022", false));

    private static final List<Setting> SETTINGS = List.of(
            new Setting("1.1.1", "Remember 24 passwords", "Password Policy", "24", "password_hist_len"),
            new Setting("1.1.4", "Ask for long passwords", "Password Policy", "14", "min_passwd_len"),
            new Setting(
                    "9.3.9",
                    "Log what the firewall drops",
                    "Public Profile",
                    "1",
                    "hkey_local_machine\\software\\quayside\\gate\\logdropped"),
            new Setting(
                    "18.9.4",
                    "Lock the screen after ten minutes",
                    "Screen",
                    "600",
                    "hkey_local_machine\\software\\quayside\\screen\\idle"));

    private final ExportedDevices devices;

    Baselines(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> profiles(ExportSnapshot snapshot) {
        return PROFILES.stream().map(profile -> profile(profile, snapshot)).toList();
    }

    private Entity profile(Profile profile, ExportSnapshot snapshot) {
        List<ExportedDevice> covered = profile.active()
                ? devices.all(snapshot).filter(profile::coversPlatform).toList()
                : List.of();
        Predicate<ExportedDevice> complies =
                device -> SETTINGS.stream().allMatch(setting -> isCompliant(device, profile, setting));
        return new Entity()
                .with("id", id(profile))
                .with("name", profile.name())
                .with("description", "What every device there has to keep")
                .with("benchmark", "CIS")
                .with("version", profile.benchmarkVersion())
                .with("operatingSystem", profile.system())
                .with("operatingSystemVersion", "22H2")
                .with("status", profile.active())
                .with("complianceLevel", "Level 1 (L1) - general use")
                .with("settingsNumber", SETTINGS.size())
                .with("createdBy", devices.organisation().principalName(0))
                .with("lastUpdatedBy", null)
                .with("createdOnTimestampUTC", NO_TIME)
                .with("lastUpdateTimestampUTC", NO_TIME)
                .with("passedDevices", (int) covered.stream().filter(complies).count())
                .with("totalDevices", covered.size());
    }

    /** Returns the configurations of active profiles; a number that two benchmarks use occurs twice. */
    List<Entity> configurations() {
        return PROFILES.stream()
                .filter(Profile::active)
                .flatMap(profile -> SETTINGS.stream().map(setting -> configuration(profile, setting)))
                .toList();
    }

    private static Entity configuration(Profile profile, Setting setting) {
        return new Entity()
                .with("id", setting.id())
                .with("uniqueId", "CIS_" + profile.benchmarkVersion() + "_" + setting.id())
                .with("benchmarkName", "CIS")
                .with("benchmarkVersion", profile.benchmarkVersion())
                .with("name", "(L1) " + setting.title())
                .with("description", "<p>" + setting.title() + ".</p>")
                .with("category", setting.category())
                .with("complianceLevels", List.of("Level 1 (L1) - general use", "Level 2 (L2) - few features"))
                .with(
                        "cce",
                        setting.category().equals("Screen")
                                ? ""
                                : "CCE-9" + setting.id().replace(".", "") + "-1")
                .with("rationale", "<p>It has been missed before.</p>")
                .with("remediation", "<p>Set <code>" + setting.source() + "</code>.</p>")
                .with("recommendedValue", recommended(setting))
                .with("source", List.of(setting.source()))
                .with("isCustom", false);
    }

    /** Records of the compliance export. */
    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        return PROFILES.stream()
                .filter(profile -> profile.active() && profile.coversPlatform(device))
                .flatMap(profile -> SETTINGS.stream().map(setting -> record(device, profile, setting)))
                .toList();
    }

    /** Returns a record. The name of the device is padded with blanks, as in the service. */
    private Entity record(ExportedDevice device, Profile profile, Setting setting) {
        boolean compliant = isCompliant(device, profile, setting);
        return new Entity()
                .with("id", device.id() + "_" + id(profile) + "_" + setting.id())
                .with("configurationId", setting.id())
                .with("deviceId", device.id())
                .with("deviceName", " " + device.name() + " ")
                .with("profileId", id(profile))
                .with("osPlatform", device.platform())
                .with("osVersion", device.osVersion())
                .with("rbacGroupId", device.groupId())
                .with("rbacGroupName", device.group())
                .with("isApplicable", true)
                .with("isCompliant", compliant)
                .with("dataCollectionTimeOffset", device.lastSeen())
                .with("recommendedValue", recommended(setting))
                .with("currentValue", List.of(compliant ? setting.expected() : "0"))
                .with("source", List.of(setting.source()));
    }

    private static List<String> recommended(Setting setting) {
        return List.of("Greater than or equal '" + setting.expected() + "'");
    }

    private boolean isCompliant(ExportedDevice device, Profile profile, Setting setting) {
        long hash = devices.hash(device.number(), 260 + profile.number());
        return (hash >>> (SETTINGS.indexOf(setting) * 8) & 7) != 0;
    }

    private String id(Profile profile) {
        return Seeded.uuid(devices.organisation().seed(), profile.number(), 265);
    }
}
