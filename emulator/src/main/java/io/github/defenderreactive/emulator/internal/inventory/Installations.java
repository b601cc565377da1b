package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of products on a device and the settings it lacks, drawn for each device. Counts over all devices are
 * computed once, on first use.
 */
public final class Installations {

    /** A version of a product on a device. */
    record Installation(Product product, int version) {}

    /** Numbers of devices by product and version, and by setting. */
    private static final class Counts {
        private final int[][] installed = zeros();
        private final int[][] installedOnServers = zeros();
        private final int[] failing = new int[SecureConfiguration.ALL.size()];
        private final int[] failingServers = new int[SecureConfiguration.ALL.size()];

        private static int[][] zeros() {
            return Catalogue.PRODUCTS.stream()
                    .map(product -> new int[product.versions()])
                    .toArray(int[][]::new);
        }
    }

    private static final int FAILING_PERCENT = 35;

    private final long seed;
    private final Machines machines;
    private @Nullable Counts counts;
    private int counted;

    Installations(Organisation organisation, Machines machines) {
        this.seed = organisation.seed();
        this.machines = machines;
    }

    List<Installation> on(int device) {
        List<Installation> found = new ArrayList<>();
        for (Product product : Catalogue.PRODUCTS) {
            int version = version(product, device);
            if (version >= 0) {
                found.add(new Installation(product, version));
            }
        }
        return found;
    }

    /** Returns the version of a product on a device; -1 if it is not installed. Product 0 is everywhere. */
    public int version(Product product, int device) {
        int build = 0;
        if (product.operatingSystem()) {
            build = product.builds().indexOf(machines.build(device));
            if (build < 0) {
                return -1;
            }
        } else if (product.number() > 0 && (Seeded.hash(seed, device, 71) >>> product.number() & 1) == 0) {
            return -1;
        }
        long hash = Seeded.hash(seed, device * 64L + product.number(), 72);
        int levels = product.patches().size();
        return build * levels + Seeded.below(hash, levels);
    }

    boolean exposes(Product product, int device) {
        int version = version(product, device);
        return version >= 0 && product.exposes(version);
    }

    boolean exposes(Weakness weakness, int device) {
        for (Product product : Catalogue.PRODUCTS) {
            if (product.weaknesses().contains(weakness)) {
                int version = version(product, device);
                if (version >= 0 && weakness.isAt(product.level(version))) {
                    return true;
                }
            }
        }
        return false;
    }

    public boolean fails(SecureConfiguration setting, Product product, int device) {
        return version(product, device) >= 0
                && Seeded.below(Seeded.hash(seed, device * 64L + setting.number(), 73), 100) < FAILING_PERCENT;
    }

    int installed(Product product, int version) {
        return counts().installed[product.number()][version];
    }

    int installed(Product product) {
        return IntStream.of(counts().installed[product.number()]).sum();
    }

    int exposed(Product product) {
        return sum(counts().installed, product, product::exposes);
    }

    int exposedServers(Product product) {
        return sum(counts().installedOnServers, product, product::exposes);
    }

    int exposed(Product product, Weakness weakness) {
        return product.weaknesses().contains(weakness) ? below(product, weakness.fixedAt()) : 0;
    }

    /**
     * Returns the number of devices exposed to a vulnerability. No device has two products with the same one: these are
     * editions of Windows.
     */
    int exposed(Weakness weakness) {
        return Catalogue.PRODUCTS.stream()
                .mapToInt(product -> exposed(product, weakness))
                .sum();
    }

    /** Returns the number of devices whose version is below a patch level. */
    int below(Product product, int level) {
        return sum(counts().installed, product, version -> product.level(version) < level);
    }

    int failing(SecureConfiguration setting) {
        return counts().failing[setting.number()];
    }

    int failingServers(SecureConfiguration setting) {
        return counts().failingServers[setting.number()];
    }

    private static int sum(int[][] byVersion, Product product, IntPredicate versions) {
        return IntStream.range(0, product.versions())
                .filter(versions)
                .map(version -> byVersion[product.number()][version])
                .sum();
    }

    private synchronized Counts counts() {
        int generation = machines.generation();
        if (counts == null || counted != generation) {
            counts = count();
            counted = generation;
        }
        return counts;
    }

    private Counts count() {
        Counts all = new Counts();
        for (int device : machines.devices().toArray()) {
            boolean server = machines.isServer(device);
            for (Installation installation : on(device)) {
                Product product = installation.product();
                all.installed[product.number()][installation.version()]++;
                if (server) {
                    all.installedOnServers[product.number()][installation.version()]++;
                }
                for (SecureConfiguration setting : SecureConfiguration.ALL) {
                    if (setting.productId().equals(product.id()) && fails(setting, product, device)) {
                        all.failing[setting.number()]++;
                        all.failingServers[setting.number()] += server ? 1 : 0;
                    }
                }
            }
        }
        return all;
    }
}
