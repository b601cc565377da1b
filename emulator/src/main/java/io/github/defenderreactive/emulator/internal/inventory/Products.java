package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.data.Overlay;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The software inventory as the API shows it: the products that some device has. */
final class Products {

    private static final int MANY = 4;

    private final Machines machines;
    private final Installations installations;
    private final Overlay overlay;

    Products(Machines machines, Installations installations) {
        this.machines = machines;
        this.installations = installations;
        this.overlay = new Overlay("software", this::computed, this::identified);
    }

    Kind kind() {
        return new Kind("software", "a software", "listSoftware", Set.of("id"), overlay);
    }

    private Entity identified(Entity given) {
        String name = "product" + overlay.added().count();
        Object vendor = Objects.requireNonNullElse(given.get("vendor"), "vendor");
        Object product = Objects.requireNonNullElse(given.get("name"), name);
        return given.get("id") == null
                ? given.with("id", vendor + "-_-" + product)
                        .with("vendor", vendor)
                        .with("name", product)
                : given;
    }

    private Stream<Entity> computed() {
        return Catalogue.PRODUCTS.stream()
                .filter(product -> installations.installed(product) > 0)
                .map(this::entity);
    }

    List<Row> all() {
        return overlay.rows().toList();
    }

    /**
     * Returns a product by its key.
     *
     * @throws Problem 404 if no device has it and no test gave it
     */
    Row require(String id) {
        Product product = find(id);
        Row row = overlay.given(id) == null && product != null ? entity(product) : overlay.given(id);
        if (row == null) {
            throw Problem.notFound("Software", id);
        }
        return row;
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
        return product == null || overlay.removed(id) || installations.installed(product) == 0 ? null : product;
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
        return machines.devices().filter(device -> installations.version(product, device) >= 0);
    }
}
