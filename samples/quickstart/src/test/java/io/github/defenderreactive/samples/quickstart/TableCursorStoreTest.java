package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.testkit.CursorStoreContract;

// tag::contract[]
class TableCursorStoreTest extends CursorStoreContract {

    private final TableCursorStore.Table table = new TableCursorStore.Table();

    @Override
    protected CursorStore store() {
        return new TableCursorStore(table);
    }

    @Override
    protected boolean loseLease(CursorStore.Session session) {
        table.expireLease();
        return true;
    }
}
// end::contract[]
