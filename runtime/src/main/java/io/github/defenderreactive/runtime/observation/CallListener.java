package io.github.defenderreactive.runtime.observation;

import io.github.defenderreactive.runtime.operation.OperationInfo;
import reactor.util.context.ContextView;

/**
 * Hears of every call. A call is one request and its repeats; each page of a collection is a call of its own.
 *
 * <p>Must be safe for use by several threads and must not block. What it throws is logged and changes no call.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallListener {

    /**
     * The logger that writes a line for each attempt at DEBUG, whether or not anything listens: operation, path template,
     * number, outcome, status, bytes, time and request id.
     */
    String ATTEMPT_LOGGER = "io.github.defenderreactive.attempt";

    /** Hears nothing, at no cost. */
    CallListener NONE = (operation, context) -> CallObserver.NONE;

    /**
     * A call begins.
     *
     * @param operation what is called
     * @param context the subscriber's context, for example with the parent of a span
     * @return who hears of this call
     */
    CallObserver callStarted(OperationInfo operation, ContextView context);
}
