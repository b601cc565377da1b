package io.github.defenderreactive.cli;

/** Arguments that cannot be carried out; the message says what to give instead. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
