package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The software inventory as the API shows it: the products that some device has. */
final class Products {

    private static final int MANY = 4;

    private final Machines machines;
    private final Installations installations;

    Products(Machines machines, Installations installations) {
        this.machines = machines;
        this.installations = installations;
    }

    List<Entity> all() {
        return Catalogue.PRODUCTS.stream()
                .filter(product -> installations.installed(product) > 0)
                .map(this::entity)
                .toList();
    }

    List<Entity> on(int device) {
        return installations.on(device).stream()
                .map(installation -> entity(installation.product()))
                .toList();
    }

    /** Returns a product by its key; null if no device has it. */
    @Nullable
    Product find(String id) {
        Product product = Catalogue.find(id);
        return product == null || installations.installed(product) == 0 ? null : product;
    }

    Entity entity(Product product) {
        int weaknesses = discovered(product).size();
        return new Entity()
                .with("id", product.id())
                .with("name", product.name())
                .with("vendor", product.vendor())
                .with("weaknesses", weaknesses)
                .with("publicExploit", publicExploit(product))
                .with("activeAlert", activeAlert(product))
                .with("exposedMachines", installations.exposed(product))
                .with("impactScore", impact(product));
    }

    /** Returns the vulnerabilities of a product that some device has through it. */
    List<Weakness> discovered(Product product) {
        return product.weaknesses().stream()
                .filter(weakness -> installations.exposed(product, weakness) > 0)
                .toList();
    }

    boolean publicExploit(Product product) {
        return discovered(product).stream().anyMatch(Weakness::publicExploit);
    }

    boolean activeAlert(Product product) {
        return discovered(product).size() > MANY;
    }

    /** Returns the contribution of a product to the exposure score. */
    double impact(Product product) {
        return product.weaknesses().stream()
                        .mapToDouble(weakness -> weakness.weight() * installations.exposed(product, weakness))
                        .sum()
                / machines.count();
    }

    List<Entity> versions(Product product) {
        return IntStream.range(0, product.versions())
                .filter(version -> installations.installed(product, version) > 0)
                .mapToObj(version -> new Entity()
                        .with("version", product.version(version))
                        .with("installations", installations.installed(product, version))
                        .with("vulnerabilities", product.weaknesses(version).size()))
                .toList();
    }

    IntStream devices(Product product) {
        return IntStream.range(0, machines.count()).filter(device -> installations.version(product, device) >= 0);
    }
}
