package io.github.defenderreactive.cli.internal.arguments;

/** Wrong usage of the command. The message says what to give instead. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and what to give instead
     */
    public UsageException(String message) {
        super(message);
    }
}
