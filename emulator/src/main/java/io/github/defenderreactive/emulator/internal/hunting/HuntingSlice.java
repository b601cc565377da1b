package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.Map;

/** Advanced hunting through all three APIs. */
public final class HuntingSlice implements Slice {

    private final SliceContext context;
    private final HuntingTables tables;

    public HuntingSlice(SliceContext context, Machines machines, AlertSlice alerts) {
        this.context = context;
        this.tables = new HuntingTables(machines, alerts.alerts(), context.organisation(), context::now);
    }

    /** Returns the results that tests gave. */
    public GivenHunting given() {
        return tables.given();
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new HuntingOperations(tables).register(handlers);
        new SiblingHunting(tables, context::now).register(handlers);
    }
}
