package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The remediation activities, newest first: each assigns a recommendation to some device groups. */
final class RemediationTasks {

    /** An activity; the number counts from the newest. */
    record Task(int number, Recommendation recommendation) {}

    /** The name of the group of devices without one in activities. */
    private static final String NO_GROUP = "UnassignedGroup";

    private static final int COUNT = 12;

    private final Organisation organisation;
    private final Machines machines;
    private final Recommendations recommendations;
    private final long newest;

    RemediationTasks(Organisation organisation, Machines machines, Recommendations recommendations, Instant newest) {
        this.organisation = organisation;
        this.machines = machines;
        this.recommendations = recommendations;
        this.newest = Ticks.floor(newest);
    }

    List<Task> all() {
        List<Recommendation> reasons = recommendations.all();
        return IntStream.range(0, COUNT)
                .mapToObj(number -> new Task(number, reasons.get(number % reasons.size())))
                .toList();
    }

    /** Returns an activity by its id; null if there is none. */
    @Nullable
    Task find(String id) {
        return all().stream().filter(task -> id(task).equals(id)).findFirst().orElse(null);
    }

    /** Returns the devices in its groups that the recommendation still concerns. */
    IntStream devices(Task task) {
        List<String> groups = groups(task);
        return recommendations.devices(task.recommendation()).filter(device -> groups.contains(group(device)));
    }

    /** Returns a device as activities refer to it. */
    Entity reference(int device) {
        return machines.reference(device).with("rbacGroupName", group(device));
    }

    Entity entity(Task task) {
        Recommendation recommendation = task.recommendation();
        SecureConfiguration setting = recommendation.setting();
        Product product = setting == null ? recommendation.product() : null;
        long hash = Seeded.hash(organisation.seed(), task.number(), 75);
        int requester = Seeded.below(hash, organisation.users());
        int exposed = (int) devices(task).count();
        int fixed = Seeded.below(hash >>> 20, 40);
        boolean completed = exposed == 0 || task.number() % 4 == 3;
        boolean byHand = completed && exposed > 0;
        long created = newest - (task.number() * 5 + 2) * Ticks.DAY - Math.floorMod(hash, Ticks.DAY);
        return new Entity()
                .with("id", id(task))
                .with("title", recommendation.name())
                .with("createdOn", Ticks.instant(created))
                .with("requesterId", organisation.objectId(requester))
                .with("requesterEmail", organisation.principalName(requester))
                .with("status", completed ? "Completed" : "Active")
                .with("statusLastModifiedOn", Ticks.instant(created + (completed ? 2 * Ticks.DAY : 1_532)))
                .with("description", recommendation.name() + " on the devices that have not done so.")
                .with("relatedComponent", recommendation.component())
                .with("targetDevices", exposed + fixed)
                .with("rbacGroupNames", groups(task))
                .with("fixedDevices", fixed)
                .with("requesterNotes", task.number() % 2 == 0 ? null : "before the next audit")
                .with("dueOn", Ticks.instant(Math.floorDiv(created, Ticks.DAY) * Ticks.DAY + 14 * Ticks.DAY))
                .with("category", setting == null ? "Software" : "Security configuration")
                .with("productivityImpactRemediationType", setting == null ? null : "AllExposedAssets")
                .with("priority", List.of("High", "Medium", "Low").get(task.number() % 3))
                .with("completionMethod", completed ? byHand ? "Manual" : "Automatic" : null)
                .with("completerId", byHand ? organisation.objectId(requester) : null)
                .with("completerEmail", byHand ? organisation.principalName(requester) : null)
                .with("scid", setting == null ? null : setting.scid())
                .with("type", recommendation.remediationType())
                .with("productId", product == null ? null : product.id())
                .with("vendorId", product == null ? null : product.vendor())
                .with("nameId", product == null ? null : product.name())
                .with("recommendedVersion", recommendation.version().isEmpty() ? null : recommendation.version())
                .with("recommendedVendor", null)
                .with("recommendedProgram", null);
    }

    private String id(Task task) {
        return Seeded.uuid(organisation.seed(), task.number(), 76);
    }

    /** Returns the device groups of a task: all, or one of them. */
    private static List<String> groups(Task task) {
        List<String> all = new ArrayList<>(Machines.GROUPS);
        all.add(NO_GROUP);
        return task.number() % 3 == 0 ? all : List.of(all.get(task.number() % all.size()));
    }

    private String group(int device) {
        String group = machines.group(device);
        return group == null ? NO_GROUP : group;
    }
}
