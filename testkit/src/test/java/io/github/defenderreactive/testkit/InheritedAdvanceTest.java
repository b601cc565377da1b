package io.github.defenderreactive.testkit;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import reactor.core.publisher.Mono;

/** The shortest store that there can be: its sessions inherit {@code advance}. */
class InheritedAdvanceTest extends CursorStoreContract {

    private final CursorStore store = new Plain(CursorStore.memory());

    @Override
    protected CursorStore store() {
        return store;
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
