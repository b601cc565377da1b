package io.github.defenderreactive.runtime.json;

/**
 * Thrown to unwind a decoder to the start of its value when the received bytes end inside the value.
 *
 * <p>It is an error, not an exception, so that a decoder that catches exceptions does not handle it as a failure. It
 * has no stack trace, and a reader reuses one instance, so unwinding does not allocate.
 */
final class InsufficientInputSignal extends Error {

    private static final long serialVersionUID = 1L;

    InsufficientInputSignal() {
        super("Insufficient input", null, false, false);
    }
}
