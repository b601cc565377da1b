package io.github.defenderreactive.runtime.json;

/**
 * Unwinds a decoder to the start of its value when the received bytes end inside it.
 *
 * <p>An error and not an exception, so that a decoder that catches what it calls does not take it for a failure of its
 * own. It has no stack trace, and a reader makes one for all times: unwinding costs no allocation.
 */
final class InsufficientInputSignal extends Error {

    private static final long serialVersionUID = 1L;

    InsufficientInputSignal() {
        super("More bytes are needed", null, false, false);
    }
}
