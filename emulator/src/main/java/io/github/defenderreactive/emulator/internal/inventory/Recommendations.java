package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.data.Overlay;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The security recommendations that concern some device: by product, then by setting. */
final class Recommendations {

    private static final List<Recommendation> ALL = Stream.concat(
                    Catalogue.PRODUCTS.stream()
                            .filter(product -> !product.weaknesses().isEmpty())
                            .map(product -> new Recommendation(product, null)),
                    SecureConfiguration.ALL.stream()
                            .flatMap(setting -> Stream.ofNullable(Catalogue.find(setting.productId()))
                                    .map(product -> new Recommendation(product, setting))))
            .toList();

    private final Organisation organisation;
    private final Machines machines;
    private final Installations installations;
    private final Products products;
    private final Overlay overlay;

    Recommendations(Organisation organisation, Machines machines, Installations installations, Products products) {
        this.organisation = organisation;
        this.machines = machines;
        this.installations = installations;
        this.products = products;
        this.overlay = new Overlay("recommendation", () -> all().stream().map(this::entity), this::identified);
    }

    Kind kind() {
        return new Kind("recommendations", "a recommendation", "listRecommendations", Set.of("id"), overlay);
    }

    private Entity identified(Entity given) {
        return given.get("id") == null
                ? given.with(
                        "id",
                        "va-_-" + given.get("vendor") + "-_-" + given.get("productName") + "-_-"
                                + overlay.added().count())
                : given;
    }

    /** Returns the recommendations with those of tests. */
    List<Row> rows() {
        return overlay.rows().toList();
    }

    /**
     * Returns a recommendation by its key.
     *
     * @throws Problem 404 if it concerns no device and no test gave it
     */
    Row require(String id) {
        Recommendation recommendation = find(id);
        Row row = overlay.given(id) == null && recommendation != null ? entity(recommendation) : overlay.given(id);
        if (row == null) {
            throw Problem.notFound("Recommendation", id);
        }
        return row;
    }

    List<Recommendation> all() {
        return ALL.stream()
                .filter(recommendation -> exposed(recommendation) > 0)
                .toList();
    }

    List<Entity> on(int device) {
        return ALL.stream()
                .filter(recommendation -> concerns(recommendation, device))
                .map(this::entity)
                .toList();
    }

    /** Returns a recommendation by its key; null if it concerns no device. */
    @Nullable
    Recommendation find(String id) {
        return all().stream()
                .filter(recommendation -> recommendation.id().equals(id) && !overlay.removed(id))
                .findFirst()
                .orElse(null);
    }

    boolean concerns(Recommendation recommendation, int device) {
        SecureConfiguration setting = recommendation.setting();
        return setting == null
                ? installations.exposes(recommendation.product(), device)
                : installations.fails(setting, recommendation.product(), device);
    }

    IntStream devices(Recommendation recommendation) {
        return machines.devices().filter(device -> concerns(recommendation, device));
    }

    /** Returns the vulnerabilities that the recommendation fixes; none for a setting. */
    List<Weakness> weaknesses(Recommendation recommendation) {
        return recommendation.setting() == null ? products.discovered(recommendation.product()) : List.of();
    }

    Entity entity(Recommendation recommendation) {
        Product product = recommendation.product();
        SecureConfiguration setting = recommendation.setting();
        List<Weakness> weaknesses = weaknesses(recommendation);
        boolean exploited = weaknesses.stream().anyMatch(Weakness::publicExploit);
        return new Entity()
                .with("id", recommendation.id())
                .with("productName", product.name())
                .with("recommendationName", recommendation.name())
                .with("weaknesses", weaknesses.size())
                .with("vendor", product.vendor())
                .with("recommendedVersion", recommendation.version())
                .with("recommendedVendor", "")
                .with("recommendedProgram", "")
                .with("recommendationCategory", setting == null ? "Application" : setting.category())
                .with("subCategory", setting == null ? "" : setting.subCategory())
                .with("severityScore", setting == null ? 0 : setting.points())
                .with("publicExploit", exploited)
                .with("activeAlert", setting == null && products.activeAlert(product))
                .with(
                        "associatedThreats",
                        exploited ? List.of(Seeded.uuid(organisation.seed(), product.number(), 74)) : List.of())
                .with("remediationType", recommendation.remediationType())
                .with("status", product.abandoned() ? "Exception" : "Active")
                .with("configScoreImpact", setting == null ? 0 : (Object) lost(setting, product))
                .with("exposureImpact", setting == null ? (Object) products.impact(product) : 0)
                .with("totalMachineCount", installations.installed(product))
                .with("exposedMachinesCount", exposed(recommendation))
                .with("exposedCriticalDevices", exposedServers(recommendation))
                .with("nonProductivityImpactedAssets", 0)
                .with("relatedComponent", recommendation.component())
                .with(
                        "hasUnpatchableCve",
                        weaknesses.stream().anyMatch(weakness -> weakness.fixedAt() == Weakness.NEVER))
                .with("tags", exploited ? List.of("internetFacing") : List.of());
    }

    /** Returns the points of the secure score that are lost by devices without a setting. */
    double lost(SecureConfiguration setting, Product product) {
        return (double) setting.points() * installations.failing(setting) / installations.installed(product);
    }

    private int exposed(Recommendation recommendation) {
        SecureConfiguration setting = recommendation.setting();
        return setting == null ? installations.exposed(recommendation.product()) : installations.failing(setting);
    }

    private int exposedServers(Recommendation recommendation) {
        SecureConfiguration setting = recommendation.setting();
        return setting == null
                ? installations.exposedServers(recommendation.product())
                : installations.failingServers(setting);
    }
}
