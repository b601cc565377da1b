package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import java.time.Instant;
import java.util.List;

/** The installed software of the devices with its vulnerabilities, missing updates and recommendations. */
public final class Inventory {

    /**
     * A product on a device.
     *
     * @param goodVersion the last one
     */
    public record Installed(
            String vendor, String name, String version, String goodVersion, List<Entity> vulnerabilities) {}

    private final Installations installations;
    private final Products products;
    private final Vulnerabilities vulnerabilities;
    private final MissingUpdates updates;
    private final Recommendations recommendations;

    Inventory(Organisation organisation, Machines machines, Instant newest) {
        this.installations = new Installations(organisation, machines);
        this.products = new Products(machines, installations);
        this.vulnerabilities = new Vulnerabilities(machines, installations, newest);
        this.updates = new MissingUpdates(installations);
        this.recommendations = new Recommendations(organisation, machines, installations, products);
    }

    public Installations installations() {
        return installations;
    }

    Products products() {
        return products;
    }

    Vulnerabilities vulnerabilities() {
        return vulnerabilities;
    }

    MissingUpdates updates() {
        return updates;
    }

    Recommendations recommendations() {
        return recommendations;
    }

    List<Entity> software(int device) {
        return products.on(device);
    }

    List<Entity> vulnerabilities(int device) {
        return vulnerabilities.on(device);
    }

    List<Entity> recommendations(int device) {
        return recommendations.on(device);
    }

    List<Entity> missingKbs(int device) {
        return updates.on(device);
    }

    public List<Installed> installedOn(int device) {
        return installations.on(device).stream()
                .map(installation -> {
                    Product product = installation.product();
                    int version = installation.version();
                    return new Installed(
                            product.vendor(),
                            product.name(),
                            product.version(version),
                            product.version(product.last(version)),
                            vulnerabilities.inShort(product.weaknesses(version)));
                })
                .toList();
    }

    /** Returns the version before, with the last part lowered that can be. */
    public static String before(String version) {
        String[] parts = version.split("\\.");
        for (int i = parts.length - 1; i >= 0; i--) {
            int part = Integer.parseInt(parts[i]);
            if (part > 0) {
                parts[i] = Integer.toString(part - 1);
                return String.join(".", parts);
            }
        }
        return version;
    }
}
