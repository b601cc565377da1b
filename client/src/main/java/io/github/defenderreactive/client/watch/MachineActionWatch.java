package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.MachineAction;
import reactor.core.publisher.Flux;

/**
 * The watch of response actions. {@code DefenderClient.machineActions().watch(...)} starts it, and describes its
 * behaviour.
 *
 * @since 0.1.0
 */
public final class MachineActionWatch {

    private static final String NAME = "machine-actions";

    static final ItemAccessors<MachineAction> ACCESSORS = new ItemAccessors<>(
            MachineAction::id,
            MachineAction::lastUpdateDateTimeUtc,
            MachineAction::creationDateTimeUtc,
            WatchSource::text);

    private MachineActionWatch() {}

    /**
     * Returns a watch over the operation that lists response actions.
     *
     * @param actions the group of the operation
     * @param options the options of the watch
     * @return the deliveries; see {@code MachineActions.watch}
     * @throws IllegalArgumentException if the options have an expansion
     */
    public static Flux<Delivery<MachineAction>> of(MachineActionsApi actions, WatchOptions options) {
        WatchOptions named = options.named(NAME);
        named.requireNoExpansion();
        return WatchEngine.start(() -> new OpenActions(actions::list, named.filter()), ACCESSORS, named);
    }
}
