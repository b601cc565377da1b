package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** Says that a command waits, and for what. Without a word, a wait looks like a process that hangs. */
final class Waits implements CallListener.Factory {

    /** Shorter waits are not worth a line. */
    static final Duration FIRST = Duration.ofSeconds(5);

    static final Duration EVERY = Duration.ofMinutes(1);

    private final Scheduler clock;
    private final Consumer<String> out;

    /**
     * Creates a listener.
     *
     * @param clock counts time and calls {@code out}
     * @param out takes what is to be said
     */
    Waits(Scheduler clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    /** A listener that speaks on standard error. */
    static Waits toUser() {
        return new Waits(Schedulers.boundedElastic(), text -> Messages.print("defender: " + text));
    }

    @Override
    public CallListener callStarted(OperationInfo operation, ContextView context) {
        return new Call(operation.id());
    }

    /** The same work, with a line when it takes long. */
    <T> Mono<T> on(String what, Mono<T> work) {
        return Mono.using(() -> started("still waiting for " + what), wait -> work, Disposable::dispose);
    }

    /** One task after another, because a cancel of a periodic one takes a lock, and event loops cancel here. */
    private Disposable started(String text) {
        Disposable.Swap next = Disposables.swap();
        sayAfter(FIRST, text, next);
        return next;
    }

    private void sayAfter(Duration wait, String text, Disposable.Swap next) {
        next.update(clock.schedule(
                () -> {
                    out.accept(text);
                    sayAfter(EVERY, text, next);
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    /** What one call waits for: one thing at a time. */
    private final class Call implements CallListener {

        private final String operation;
        private final Disposable.Swap wait = Disposables.swap();

        Call(String operation) {
            this.operation = operation;
        }

        private void waitFor(String what) {
            wait.update(started(operation + ": " + what));
        }

        private void goOn() {
            wait.update(Disposables.disposed());
        }

        @Override
        public void permitRequested(int waiting) {
            waitFor("waiting until the quota of the service allows the call");
        }

        @Override
        public void permitGranted(Duration waited) {
            waitFor("waiting for an access token");
        }

        @Override
        public void tokenReady(Duration waited) {
            goOn();
        }

        @Override
        public void attemptEnded(AttemptSummary attempt) {
            switch (attempt.outcome()) {
                case SUCCESS, CANCELLED -> goOn();
                default ->
                    waitFor("waiting to try again after "
                            + (attempt.status() == 0 ? "a failure without a response" : "HTTP " + attempt.status()));
            }
        }

        @Override
        public void callEnded(CallSummary call) {
            wait.dispose();
        }
    }
}
