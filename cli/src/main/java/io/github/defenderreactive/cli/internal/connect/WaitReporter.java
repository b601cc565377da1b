package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.progress.CallWaits;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.cli.internal.terminal.StatusLine;
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

/** A listener that reports long waits to the user, to whom the process would otherwise seem to hang. */
public final class WaitReporter implements CallListener.Factory {

    /** The time before the first message; shorter waits are not reported. */
    static final Duration INITIAL_DELAY = Duration.ofSeconds(5);

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Scheduler clock;
    private final Consumer<String> out;

    /**
     * Creates a reporter.
     *
     * @param clock the scheduler that measures time and prints the messages
     * @param out the receiver of the messages
     */
    WaitReporter(Scheduler clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    /**
     * Returns a reporter that prints to standard error, unless a status line shows the waits.
     *
     * @return the reporter
     */
    public static WaitReporter toUser() {
        return new WaitReporter(Schedulers.boundedElastic(), text -> {
            if (!StatusLine.isOpen()) {
                Messages.print("defender: " + text);
            }
        });
    }

    @Override
    public CallListener callStarted(OperationInfo operation, ContextView context) {
        return new Call(operation.id());
    }

    /**
     * Reports work that takes long.
     *
     * @param <T> the type of the result
     * @param what the work, as the messages name it
     * @param work the work
     * @return the same work
     */
    public <T> Mono<T> report(String what, Mono<T> work) {
        return Mono.using(() -> start("still waiting for " + what), wait -> work, Disposable::dispose);
    }

    /** Schedules one task after another: cancelling a periodic task takes a lock, and event loops cancel here. */
    private Disposable start(String text) {
        Disposable.Swap next = Disposables.swap();
        printAfter(INITIAL_DELAY, text, next);
        return next;
    }

    private void printAfter(Duration wait, String text, Disposable.Swap next) {
        next.update(clock.schedule(
                () -> {
                    out.accept(text);
                    printAfter(INTERVAL, text, next);
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    /** The current wait of one call. */
    private final class Call extends CallWaits {

        private final String operation;
        private final Disposable.Swap wait = Disposables.swap();

        Call(String operation) {
            this.operation = operation;
        }

        @Override
        protected void waitsFor(String reason) {
            wait.update(start(operation + ": waiting for " + reason));
        }

        @Override
        protected void proceeds() {
            wait.update(Disposables.disposed());
        }

        @Override
        public void callEnded(CallSummary call) {
            wait.dispose();
        }
    }
}
