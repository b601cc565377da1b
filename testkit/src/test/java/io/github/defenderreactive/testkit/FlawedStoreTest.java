package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The contract finds what stores get wrong. */
class FlawedStoreTest {

    @Test
    void shouldFindAReplacementThatLosesAnAcknowledgement() {
        assertThrows(AssertionError.class, new Flawed()::shouldKeepWhatIsAcknowledgedDuringAReplacement);
    }

    @Test
    void shouldFindASessionThatDoesNotNoticeTheLossOfItsLease() {
        assertThrows(AssertionError.class, new Flawed()::shouldSayThatItsLeaseIsLost);
    }

    private static final class Flawed extends CursorStoreContract {

        private final CursorStore memory = CursorStore.memory();

        @Override
        protected CursorStore store() {
            return () -> memory.open().map(FlawedSession::new);
        }

        /** The next session finds the place free, and this one goes on. */
        @Override
        protected boolean loseLease(CursorStore.Session session) {
            session.close().block(PATIENCE);
            return true;
        }
    }

    /** Deletes and inserts, with an acknowledgement in between if any has come before. */
    private static final class FlawedSession implements CursorStore.Session {

        private final CursorStore.Session memory;
        private final AtomicReference<Sinks.Empty<Void>> acknowledged = new AtomicReference<>(Sinks.empty());
        private volatile boolean used;

        FlawedSession(CursorStore.Session memory) {
            this.memory = memory;
        }

        @Override
        public Mono<Progress> load() {
            return memory.load();
        }

        @Override
        public Mono<Void> acknowledge(SeenVersion seen) {
            return memory.acknowledge(seen).doOnSuccess(done -> {
                used = true;
                acknowledged.get().tryEmitEmpty();
            });
        }

        @Override
        public Mono<Void> replace(Progress progress) {
            return Mono.defer(() -> {
                Sinks.Empty<Void> next = Sinks.empty();
                acknowledged.set(next);
                return used ? next.asMono().then(memory.replace(progress)) : memory.replace(progress);
            });
        }

        @Override
        public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
            return memory.advance(to, forgotten);
        }

        @Override
        public Mono<Void> close() {
            return memory.close();
        }
    }
}
