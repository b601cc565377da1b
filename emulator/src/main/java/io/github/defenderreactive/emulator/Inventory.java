package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is installed on the devices and what is wrong with it. Numbers per product are the same on every device. */
final class Inventory {

    private record Product(String vendor, String name, String goodVersion, int weaknesses) {
        String id() {
            return vendor + "-_-" + name;
        }
    }

    /**
     * A product on a device.
     *
     * @param goodVersion the first one without its vulnerabilities
     */
    record Installed(String vendor, String name, String version, String goodVersion, List<Entity> vulnerabilities) {}

    private static final List<Product> PRODUCTS = List.of(
            new Product("quayside", "manifest_viewer", "8.2.1", 3),
            new Product("quayside", "berth_planner", "5.0", 0),
            new Product("brinesoft", "archiver", "22.4", 2),
            new Product("brinesoft", "remote_desk", "3.9.7", 5),
            new Product("anchorage", "browser", "141.0.3", 4),
            new Product("anchorage", "mail", "17.1", 1),
            new Product("tidewater", "runtime", "17.0.15", 2),
            new Product("tidewater", "database", "16.9", 0));

    private final Organisation organisation;
    private final Machines machines;
    private final Instant newest;

    Inventory(Organisation organisation, Machines machines, Instant newest) {
        this.organisation = organisation;
        this.machines = machines;
        this.newest = newest;
    }

    private List<Integer> installed(int device) {
        long hash = Seeded.hash(organisation.seed(), device, 71);
        List<Integer> products = new ArrayList<>();
        for (int product = 0; product < PRODUCTS.size(); product++) {
            if ((hash >>> product & 1) == 1 || product == 0) {
                products.add(product);
            }
        }
        return products;
    }

    private int exposed(int product) {
        return Math.max(1, organisation.devices() / (product + 2));
    }

    List<Entity> software(int device) {
        return installed(device).stream()
                .map(number -> {
                    Product product = PRODUCTS.get(number);
                    return new Entity()
                            .with("id", product.id())
                            .with("name", product.name())
                            .with("vendor", product.vendor())
                            .with("weaknesses", product.weaknesses())
                            .with("publicExploit", product.weaknesses() > 3)
                            .with("activeAlert", product.weaknesses() > 4)
                            .with("exposedMachines", exposed(number))
                            .with("impactScore", product.weaknesses() * 0.75);
                })
                .toList();
    }

    List<Entity> vulnerabilities(int device) {
        return installed(device).stream()
                .flatMap(number -> vulnerabilitiesOf(number).stream())
                .toList();
    }

    List<Installed> installedOn(int device) {
        return installed(device).stream()
                .map(number -> {
                    Product product = PRODUCTS.get(number);
                    String version = product.weaknesses() == 0 ? product.goodVersion() : before(product.goodVersion());
                    return new Installed(
                            product.vendor(),
                            product.name(),
                            version,
                            product.goodVersion(),
                            vulnerabilitiesOf(number));
                })
                .toList();
    }

    /** The version before: the last part that can be lowered is. */
    static String before(String version) {
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

    /** Elements carry their type, as the service writes them here. */
    private List<Entity> vulnerabilitiesOf(int number) {
        List<Entity> found = new ArrayList<>();
        Product product = PRODUCTS.get(number);
        for (int i = 0; i < product.weaknesses(); i++) {
            String id = "CVE-2026-" + (70_000 + number * 100 + i);
            Instant published = day(30 + number * 11 + i);
            found.add(new Entity()
                    .with("@odata.type", "#microsoft.windowsDefenderATP.api.PublicVulnerabilityDto")
                    .with("id", id)
                    .with("name", id)
                    .with("description", "Crafted input makes " + product.name() + " run code of the sender.")
                    .with(
                            "severity",
                            List.of("Critical", "High", "Medium", "Low").get(i % 4))
                    .with("cvssV3", i == 3 ? null : (Object) (9.1 - i * 1.3))
                    .with("exposedMachines", exposed(number))
                    .with("publishedOn", published)
                    .with("updatedOn", published.plusSeconds(86_400 * 3))
                    .with("publicExploit", i == 0)
                    .with("exploitVerified", false)
                    .with("exploitInKit", false)
                    .with("exploitTypes", i == 0 ? List.of("Remote") : List.of())
                    .with("exploitUris", List.of()));
        }
        return found;
    }

    List<Entity> recommendations(int device) {
        return installed(device).stream()
                .filter(number -> PRODUCTS.get(number).weaknesses() > 0)
                .map(number -> {
                    Product product = PRODUCTS.get(number);
                    return new Entity()
                            .with("id", "va-_-" + product.id())
                            .with("productName", product.name())
                            .with("recommendationName", "Update " + product.vendor() + " " + product.name())
                            .with("weaknesses", product.weaknesses())
                            .with("vendor", product.vendor())
                            .with("recommendedVersion", product.goodVersion())
                            .with("recommendationCategory", "Application")
                            .with("subCategory", "")
                            .with("severityScore", 0.0)
                            .with("publicExploit", product.weaknesses() > 3)
                            .with("activeAlert", product.weaknesses() > 4)
                            .with("associatedThreats", List.of())
                            .with("remediationType", "Update")
                            .with("status", "Active")
                            .with("configScoreImpact", 0.0)
                            .with("exposureImpact", product.weaknesses() * 0.4)
                            .with("totalMachineCount", organisation.devices())
                            .with("exposedMachinesCount", exposed(number))
                            .with("nonProductivityImpactedAssets", 0)
                            .with("relatedComponent", product.name());
                })
                .toList();
    }

    List<Entity> missingKbs(int device) {
        if (!machines.platformName(device).toLowerCase(Locale.ROOT).startsWith("windows")) {
            return List.of();
        }
        List<Entity> missing = new ArrayList<>();
        int count = Seeded.below(Seeded.hash(organisation.seed(), device, 72), 4);
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(5_080_000 + i * 37);
            missing.add(new Entity()
                    .with("id", number)
                    .with("name", "Security update of cycle " + (10 - i))
                    .with("productsNames", List.of(machines.platformName(device).toLowerCase(Locale.ROOT)))
                    .with("url", "https://updates.example/search?q=KB" + number)
                    .with("machineMissedOn", 1 + i)
                    .with("cveAddressed", 12 + 9 * i));
        }
        return missing;
    }

    private Instant day(int before) {
        return Ticks.instant(Math.floorDiv(Ticks.floor(newest), Ticks.DAY) * Ticks.DAY - before * Ticks.DAY);
    }
}
