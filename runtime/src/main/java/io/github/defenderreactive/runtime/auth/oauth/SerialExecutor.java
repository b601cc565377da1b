package io.github.defenderreactive.runtime.auth.oauth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Runs operations one after the other, in the order of their subscriptions. The next one starts when the previous one
 * has terminated, for whatever reason.
 */
final class SerialExecutor {

    // guarded by itself; no callback runs under the lock
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Returns a Mono that runs the operation in its turn. Cancel removes it from the queue, or ends its turn. */
    <T> Mono<T> inTurn(Mono<T> work) {
        return Mono.usingWhen(
                Mono.<Turn>create(sink -> {
                    Turn turn = new Turn(sink);
                    sink.onCancel(turn::end);
                    enqueue(turn);
                }),
                turn -> work,
                turn -> Mono.fromRunnable(turn::end));
    }

    private void enqueue(Turn turn) {
        synchronized (waiting) {
            if (busy) {
                waiting.add(turn);
                return;
            }
            busy = true;
        }
        turn.start();
    }

    private void beginNext() {
        Turn turn;
        synchronized (waiting) {
            turn = waiting.poll();
            busy = turn != null;
        }
        if (turn != null) {
            turn.start();
        }
    }

    private enum State {
        WAITING,
        RUNNING,
        ENDED
    }

    private final class Turn {

        private final MonoSink<Turn> sink;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        Turn(MonoSink<Turn> sink) {
            this.sink = sink;
        }

        void start() {
            if (state.compareAndSet(State.WAITING, State.RUNNING)) {
                try {
                    sink.success(this);
                } catch (Error e) {
                    // operators do not end the turn after an error of the virtual machine
                    end();
                    throw e;
                }
            } else {
                beginNext();
            }
        }

        void end() {
            @Nullable State before = state.getAndSet(State.ENDED);
            if (before == State.RUNNING) {
                beginNext();
            } else if (before == State.WAITING) {
                synchronized (waiting) {
                    waiting.remove(this);
                }
            }
        }
    }
}
