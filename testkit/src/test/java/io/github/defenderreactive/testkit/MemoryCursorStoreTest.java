package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.defenderreactive.client.cursor.CursorStore;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class MemoryCursorStoreTest extends CursorStoreContract {

    private final CursorStore store = CursorStore.memory();

    @Override
    protected CursorStore store() {
        return store;
    }

    /** The store has no lease to lose, so the requirement does not apply to it. */
    @Test
    @Override
    public void shouldSayThatItsLeaseIsLost() {
        assertThrows(TestAbortedException.class, super::shouldSayThatItsLeaseIsLost);
    }
}
