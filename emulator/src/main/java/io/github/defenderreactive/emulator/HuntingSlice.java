package io.github.defenderreactive.emulator;

import java.util.Map;

/** Advanced hunting through all three APIs. */
final class HuntingSlice implements Slice {

    private final SliceContext context;
    private final HuntingTables tables;

    HuntingSlice(SliceContext context, Machines machines, AlertSlice alerts) {
        this.context = context;
        this.tables = new HuntingTables(machines, alerts.alerts(), context.organisation(), context::now);
    }

    /** Returns the results that tests gave. */
    GivenHunting given() {
        return tables.given();
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new HuntingOperations(tables).register(handlers);
        new SiblingHunting(tables, context::now).register(handlers);
    }
}
