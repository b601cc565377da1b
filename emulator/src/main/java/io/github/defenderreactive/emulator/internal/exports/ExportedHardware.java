package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of hardware and firmware: model, firmware and processor of every device. */
final class ExportedHardware {

    private static final List<String> MAKERS = List.of("anchorage", "tidewater", "quayside");

    private final ExportedDevices devices;

    ExportedHardware(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        long hash = devices.hash(device.number(), 250);
        String maker = Seeded.pick(hash, MAKERS);
        String model = "aq" + (10 + Seeded.below(hash >>> 8, 4));
        String sku = "{\"SystemSKU\":\"" + model + "\",\"DeviceFamily\":\"" + (device.windows() ? "Windows" : "Other")
                + "\"}";
        return List.of(
                component(device, "Hardware", maker, model, "1." + Seeded.below(hash >>> 12, 5), sku),
                component(device, "Bios", maker, model + "_bios", "7.0" + Seeded.below(hash >>> 16, 9), null),
                component(device, "Processor", "brinesoft", "keel_x64", "6." + Seeded.below(hash >>> 20, 3), null));
    }

    private static Entity component(
            ExportedDevice device, String type, String maker, String name, String version, @Nullable String more) {
        return new Entity()
                .with("deviceId", device.id())
                .with("rbacGroupId", device.groupId())
                .with("rbacGroupName", device.group())
                .with("deviceName", device.name())
                .with("componentType", type)
                .with("manufacturer", maker)
                .with("componentName", name)
                .with("componentVersion", version)
                .with("additionalFields", more);
    }
}
