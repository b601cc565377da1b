package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.api.MachinesApi;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * The watch of devices. {@code DefenderClient.machines().watch(...)} starts it, and describes its behaviour.
 *
 * @since 0.1.0
 */
public final class MachineWatch {

    private static final String NAME = "machines";

    private static final Duration EVERY = Duration.ofMinutes(15);

    /** Each poll reads everything, so the overlap only decides how long old states are remembered. */
    static final List<Overlap> OVERLAPS = List.of(new Overlap(Duration.ofHours(1), Duration.ZERO));

    static final ItemAccessors<MachineSnapshot.Observed> ACCESSORS = new ItemAccessors<>(
            MachineSnapshot.Observed::version,
            MachineSnapshot.Observed::time,
            observed -> observed.change().kind() == MachineChange.Kind.NEW ? null : Instant.EPOCH,
            observed -> WatchSource.text(
                    observed.change().machine() == null
                            ? observed.version()
                            : observed.change().machine()));

    private MachineWatch() {}

    /**
     * Returns a watch over the operation that lists devices.
     *
     * @param machines the group of the operation
     * @param options the options of the watch
     * @return the deliveries; see {@code Machines.watch}
     * @throws IllegalArgumentException if the options have an expansion
     */
    public static Flux<Delivery<MachineChange>> of(MachinesApi machines, WatchOptions options) {
        WatchOptions named = options.named(NAME).paced(EVERY, OVERLAPS);
        named.requireNoExpansion();
        Filter wanted = named.filter();
        ListMachinesQuery query = wanted == null
                ? ListMachinesQuery.all()
                : ListMachinesQuery.builder().filter(wanted).build();
        return WatchEngine.start(() -> new MachineSnapshot(() -> machines.list(query)), ACCESSORS, named)
                .map(delivery -> new Delivery<>(
                        delivery.item().change(), delivery.kind(), delivery.cursor(), delivery::acknowledge));
    }
}
