package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The scores: exposure from the vulnerabilities that devices have, secure score from the settings that they lack. */
final class Scores {

    private final Machines machines;
    private final Inventory inventory;
    private final Supplier<Instant> now;

    Scores(Machines machines, Inventory inventory, Supplier<Instant> now) {
        this.machines = machines;
        this.inventory = inventory;
        this.now = now;
    }

    Entity exposure() {
        return score(Catalogue.PRODUCTS.stream()
                .mapToDouble(inventory.products()::impact)
                .sum());
    }

    /** Returns the scores by device group. Devices without a group form the one without a name, which is last. */
    List<Entity> exposureByGroup() {
        Map<@Nullable String, double[]> sums = new HashMap<>();
        for (int device : machines.devices().toArray()) {
            double[] sum = sums.computeIfAbsent(machines.group(device), group -> new double[2]);
            sum[0] += weight(device);
            sum[1]++;
        }
        List<@Nullable String> groups = new ArrayList<>(sums.keySet());
        groups.sort(Comparator.nullsLast(Comparator.naturalOrder()));
        List<Entity> scores = new ArrayList<>();
        for (String group : groups) {
            double[] sum = sums.getOrDefault(group, new double[2]);
            scores.add(score(sum[0] / sum[1]).with("rbacGroupName", group));
        }
        return scores;
    }

    Entity secure() {
        double score = 0;
        for (SecureConfiguration setting : SecureConfiguration.ALL) {
            Product product = inventory.products().find(setting.productId());
            if (product != null) {
                score += setting.points() - inventory.recommendations().lost(setting, product);
            }
        }
        return score(score);
    }

    private double weight(int device) {
        return inventory.installations().on(device).stream()
                .flatMap(installation -> installation.product().weaknesses(installation.version()).stream())
                .mapToDouble(Weakness::weight)
                .sum();
    }

    private Entity score(double score) {
        return new Entity().with("time", now.get()).with("score", score);
    }
}
