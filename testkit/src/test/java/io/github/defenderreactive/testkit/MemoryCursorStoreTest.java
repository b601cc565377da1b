package io.github.defenderreactive.testkit;

import io.github.defenderreactive.client.cursor.CursorStore;

class MemoryCursorStoreTest extends CursorStoreContract {

    private final CursorStore store = CursorStore.memory();

    @Override
    protected CursorStore store() {
        return store;
    }
}
