package io.github.defenderreactive.runtime.error;

import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Reports failures that cannot be signalled, because the subscriber has terminated or will receive another failure.
 *
 * @since 0.1.0
 */
public final class DroppedFailure {

    private DroppedFailure() {}

    /** Initialises the class. */
    static void load() {
        // by being called
    }

    /**
     * Passes a failure to {@link Operators#onErrorDropped Reactor's hook for dropped errors}. Never throws, so that a
     * caller can continue.
     *
     * @param failure the failure
     * @param context the context of the subscriber
     */
    public static void report(Throwable failure, Context context) {
        try {
            Operators.onErrorDropped(failure, context);
        } catch (Throwable unheard) {
            // There is no memory left to report the failure, or the hook throws; neither can be reported.
        }
    }
}
