package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import reactor.core.publisher.Mono;

/** The shortest store that there can be: its sessions inherit {@code advance}. */
class InheritedAdvanceTest extends CursorStoreContract {

    private final CursorStore store = new Plain(CursorStore.memory());

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

    /** The session inherits {@code advance}, so the requirement does not apply to it. */
    @Test
    @Override
    public void shouldKeepWhatIsAcknowledgedDuringAnAdvance() {
        assertThrows(TestAbortedException.class, super::shouldKeepWhatIsAcknowledgedDuringAnAdvance);
    }

    private record Plain(CursorStore memory) implements CursorStore {

        @Override
        public Mono<Session> open() {
            return memory.open().map(PlainSession::new);
        }
    }

    private record PlainSession(CursorStore.Session memory) implements CursorStore.Session {

        @Override
        public Mono<Progress> load() {
            return memory.load();
        }

        @Override
        public Mono<Void> acknowledge(SeenVersion seen) {
            return memory.acknowledge(seen);
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return memory.replace(progress);
        }

        @Override
        public Mono<Void> close() {
            return memory.close();
        }
    }
}
