package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachinesApi;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.MachineChange;
import io.github.defenderreactive.client.watch.MachineWatch;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * The operations on devices, with a continuous watch. Returned by {@link DefenderClient#machines()}.
 *
 * @since 0.1.0
 */
public final class Machines extends MachinesApi {

    Machines(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of devices that are new, are gone, or changed their health or risk. It does not
     * complete by itself; {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>Each poll lists all devices and compares them with the previous list, which is kept in the store: a call for
     * each 10,000 devices, by default every 15 minutes. A poll stores only the differences. A state that begins and
     * ends between two polls is not seen. A device is gone when three complete lists in a row lack it, because a single
     * list can lack devices that exist; a device that the filter of the options no longer selects is gone, too.
     *
     * <p>A watch that starts now delivers what changes from then on. With {@link WatchOptions.Builder#since} it also
     * delivers, as new, the devices that were first seen at or after that time.
     *
     * <p>At least once: a change is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * changes are delivered again, and no others, except for changes that were reverted before the restart: the devices
     * are compared with the acknowledged state. A change that happens while no watch is running is delivered by the
     * first poll after the restart.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}. If the store cannot
     * be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at once and closes the store.
     * For permission and quota see {@link MachinesApi#list(ListMachinesQuery)}. A consumer that blocks needs
     * {@code publishOn}.
     *
     * @param options start, interval, filter, and the store of the progress, which also holds one entry of about 100
     *     bytes for each device. A store belongs to one watch. A cursor without a store does not contain the devices,
     * so     a watch that starts from a cursor delivers only devices that were first seen since then
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<MachineChange>> watch(WatchOptions options) {
        return MachineWatch.of(this, options);
    }
}
