package io.github.defenderreactive.runtime.auth.oauth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One after the other, in the order they came. The next begins when the one before has ended, however it ended. */
final class SerialExecutor {

    // guarded by itself; no callback runs under the lock
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean taken;

    /** The same, in its turn. Cancel gives up the place or the turn. */
    <T> Mono<T> inTurn(Mono<T> work) {
        return Mono.usingWhen(
                Mono.<Turn>create(sink -> {
                    Turn turn = new Turn(sink);
                    sink.onCancel(turn::end);
                    join(turn);
                }),
                turn -> work,
                turn -> Mono.fromRunnable(turn::end));
    }

    private void join(Turn turn) {
        synchronized (waiting) {
            if (taken) {
                waiting.add(turn);
                return;
            }
            taken = true;
        }
        turn.begin();
    }

    private void next() {
        Turn turn;
        synchronized (waiting) {
            turn = waiting.poll();
            taken = turn != null;
        }
        if (turn != null) {
            turn.begin();
        }
    }

    private enum State {
        WAITING,
        TAKEN,
        OVER
    }

    private final class Turn {

        private final MonoSink<Turn> sink;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        Turn(MonoSink<Turn> sink) {
            this.sink = sink;
        }

        void begin() {
            if (state.compareAndSet(State.WAITING, State.TAKEN)) {
                try {
                    sink.success(this);
                } catch (Error e) {
                    // operators do not end the turn after an error of the virtual machine
                    end();
                    throw e;
                }
            } else {
                next();
            }
        }

        void end() {
            @Nullable State before = state.getAndSet(State.OVER);
            if (before == State.TAKEN) {
                next();
            } else if (before == State.WAITING) {
                synchronized (waiting) {
                    waiting.remove(this);
                }
            }
        }
    }
}
