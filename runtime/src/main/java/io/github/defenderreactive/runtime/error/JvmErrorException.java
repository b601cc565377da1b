package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * An error of the Java virtual machine during a call: it ran out of memory, a stack overflowed, or a class could not be
 * loaded. The cause is that {@link Error}. Reactor does not signal such an error, so without this exception a
 * subscriber would wait indefinitely.
 *
 * @since 0.1.0
 */
public final class JvmErrorException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** Created in advance, because memory may not suffice for an exception. Shared, so it is never changed. */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final JvmErrorException LAST_RESORT =
            new JvmErrorException("The JVM has no memory left", ErrorContext.NONE, null);

    private JvmErrorException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    private JvmErrorException(JvmErrorException original, Changes changes) {
        super(original, changes);
    }

    /**
     * Returns the error to signal for a failure. Allocates little and never throws.
     *
     * @param failure anything thrown
     * @param operationId the operation, or null if there is none
     * @return an exception of this class for an error of the JVM, which Reactor would throw instead of signalling it;
     *     otherwise the failure itself
     */
    public static Throwable signal(Throwable failure, @Nullable String operationId) {
        if (!(failure instanceof VirtualMachineError || failure instanceof LinkageError)) {
            return failure;
        }
        MemoryReserve.release();
        try {
            return new JvmErrorException(text(failure), new ErrorContext(operationId, 0, null, null, 0), failure);
        } catch (VirtualMachineError another) {
            return LAST_RESORT;
        }
    }

    /** Initialises the class. */
    static void load() {
        // by being called
    }

    private static String text(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "The JVM ran out of memory (" + failure.getMessage() + "); give it more, or read smaller responses";
        }
        return failure instanceof StackOverflowError ? "A stack overflowed" : "The JVM failed: " + failure;
    }

    @Override
    JvmErrorException with(Changes changes) {
        if (this == LAST_RESORT) {
            return this;
        }
        try {
            return new JvmErrorException(this, changes);
        } catch (VirtualMachineError another) {
            return this;
        }
    }
}
