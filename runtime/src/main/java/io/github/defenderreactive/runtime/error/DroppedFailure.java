package io.github.defenderreactive.runtime.error;

import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A failure that comes when the subscriber has been told of the end, or must still be told of another failure.
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
     * Gives a failure to {@link Operators#onErrorDropped Reactor's hook for dropped errors}. Never throws, so that a caller
     * can go on with what is left to do.
     *
     * @param failure what happened
     * @param context the context of the subscriber
     */
    public static void report(Throwable failure, Context context) {
        try {
            Operators.onErrorDropped(failure, context);
        } catch (Throwable unheard) {
            // No memory is left to report it, or the hook throws; nobody waits for either.
        }
    }
}
