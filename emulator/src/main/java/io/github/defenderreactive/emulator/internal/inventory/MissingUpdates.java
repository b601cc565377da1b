package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The security updates that devices miss: those of the patch levels above the one they have. */
final class MissingUpdates {

    private final Installations installations;

    MissingUpdates(Installations installations) {
        this.installations = installations;
    }

    List<Entity> on(int device) {
        return installations.on(device).stream()
                .flatMap(installation ->
                        above(installation.product(), installation.product().level(installation.version())))
                .toList();
    }

    List<Entity> of(Product product) {
        return above(product, 0)
                .filter(update -> !Integer.valueOf(0).equals(update.get("machineMissedOn")))
                .toList();
    }

    private Stream<Entity> above(Product product, int level) {
        return product.operatingSystem()
                ? IntStream.range(level + 1, product.patches().size()).mapToObj(missing -> entity(product, missing))
                : Stream.empty();
    }

    private Entity entity(Product product, int level) {
        String number = product.kb(level);
        return new Entity()
                .with("id", number)
                .with("name", product.title() + ", security update of cycle " + level)
                .with("productsNames", List.of(product.name()))
                .with("url", "https://updates.example/search?q=KB" + number)
                .with("machineMissedOn", installations.below(product, level))
                .with("cveAddressed", (int) product.weaknesses().stream()
                        .filter(weakness -> weakness.fixedAt() == level)
                        .count());
    }
}
