package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Records of the software without a product code. */
final class ExportedApps {

    private record App(String vendor, String name, String version) {}

    private static final List<App> APPS = List.of(
            new App("Lantern Yard", "tide_table", "4.7.1"),
            new App("Hafenwerk", "kran®_steuerung", "12.0"),
            new App("", "berth roster", ""),
            new App("Salt & Sons", "cargo_lotto", "0.9.2-beta"));

    private final ExportedDevices devices;

    ExportedApps(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        long hash = devices.hash(device.number(), 225);
        if ((hash & 3) != 0) {
            return List.of();
        }
        return IntStream.range(0, APPS.size())
                .filter(app -> (hash >>> (8 + app) & 1) == 1)
                .mapToObj(app -> device.columns()
                        .with("softwareVendor", APPS.get(app).vendor())
                        .with("softwareName", APPS.get(app).name())
                        .with("softwareVersion", APPS.get(app).version())
                        .with(
                                "softwareLastSeenTimestamp",
                                ExportTimes.millis(device.lastSeen().minus(Duration.ofMinutes(app * 13L)))))
                .toList();
    }
}
