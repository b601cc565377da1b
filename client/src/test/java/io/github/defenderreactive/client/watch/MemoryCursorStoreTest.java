package io.github.defenderreactive.client.watch;

class MemoryCursorStoreTest extends CursorStoreContract {

    private final CursorStore store = CursorStore.memory();

    @Override
    CursorStore store() {
        return store;
    }
}
