package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.actions.Downloads;
import io.github.defenderreactive.emulator.internal.inventory.InventorySlice;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Exports of the inventory, by pages and by files, with security baselines and the health of antivirus. */
public final class ExportSlice implements Slice {

    private final SliceContext context;
    private final AvHealth health;
    private final Baselines baselines;
    private final ExportOperations exports;

    public ExportSlice(SliceContext context, Machines machines, InventorySlice inventory, Downloads downloads) {
        ExportedDevices devices = new ExportedDevices(
                context.organisation(), machines, context.clock().instant());
        this.context = context;
        this.health = new AvHealth(devices);
        this.baselines = new Baselines(devices);
        this.exports = new ExportOperations(
                devices, inventory.inventory(), baselines, health, downloads, context.responses(), context::now);
    }

    /**
     * Returns the name of the schema of the records of an export.
     *
     * @param operationId the operation that reads it, by pages or by files
     * @throws IllegalArgumentException if the operation is not one of an export
     */
    public String schema(String operationId) {
        return exports.schema(operationId);
    }

    /** Replaces the records of an export. */
    public void give(String operationId, List<Entity> records) {
        exports.give(operationId, new GivenRecords(records));
    }

    /** Replaces the records of an export by files whose records are computed. */
    public void give(String operationId, int files, IntFunction<Stream<Entity>> records) {
        exports.give(operationId, new ComputedRecords(files, records));
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        exports.register(handlers);
        new DeviceHealthOperations(health, context.responses(), context::now).register(handlers);
        new BaselineOperations(baselines, context.responses(), context::now).register(handlers);
    }
}
