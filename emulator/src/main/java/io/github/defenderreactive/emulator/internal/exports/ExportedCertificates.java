package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records of the certificates: the root of the organisation on every device, and one of its own on most. */
final class ExportedCertificates {

    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private final ExportedDevices devices;

    ExportedCertificates(ExportedDevices devices) {
        this.devices = devices;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        List<Entity> records = new ArrayList<>();
        // The service knows neither key nor validity of some authorities.
        records.add(certificate(device, "HarbourRoot", hex(-1, 241), "sha384ECDSA")
                .with("keyLength", 0)
                .with("notAfter", NO_TIME)
                .with("notBefore", NO_TIME)
                .with("subjectType", "CA")
                .with("serialNumber", hex(-1, 242).substring(0, 32))
                .with("subjectObject", null)
                .with("issuerObject", null)
                .with("keyUsageArray", null)
                .with("extendedKeyUsageArray", null)
                .with("isSelfSigned", true)
                .withAll(group(device).members()));
        if (Math.floorMod(devices.hash(device.number(), 243), 5L) != 0) {
            records.add(certificate(device, "My", hex(device.number(), 244), "sha256RSA")
                    .with("keyLength", 2048)
                    .with("notAfter", device.firstSeen().plus(Duration.ofDays(825)))
                    .with("notBefore", device.firstSeen())
                    .with("subjectType", "EndEntity")
                    .with("serialNumber", hex(device.number(), 245).substring(0, 32))
                    .with("subjectObject", new Entity().with("CommonName", device.name()))
                    .with("issuerObject", new Entity().with("CommonName", "Harbour Root"))
                    .with("keyUsageArray", List.of("DigitalSignature", "KeyEncipherment"))
                    .with("extendedKeyUsageArray", List.of("1.3.6.1.5.5.7.3.2"))
                    .with("isSelfSigned", false)
                    .withAll(group(device).members()));
        }
        return records;
    }

    private static Entity certificate(ExportedDevice device, String store, String thumbprint, String algorithm) {
        return new Entity()
                .with("deviceId", device.id())
                .with("deviceName", device.name())
                .with("thumbprint", thumbprint)
                .with("path", "LocalMachine\\" + store + "\\" + thumbprint)
                .with("signatureAlgorithm", algorithm);
    }

    private static Entity group(ExportedDevice device) {
        return new Entity().with("rbacGroupId", device.groupId()).with("rbacGroupName", device.group());
    }

    private String hex(int device, int purpose) {
        return Seeded.hex(devices.organisation().seed(), device, purpose, 40).toUpperCase(Locale.ROOT);
    }
}
