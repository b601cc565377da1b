package io.github.defenderreactive.runtime.internal;

import java.io.IOException;

/**
 * A problem of a file that the user has named, with the remedy, as a text that can follow a colon. It does not quote
 * the file, and has no cause, because a cause might quote it.
 *
 * @since 0.1.0
 */
public final class FileProblem extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the problem.
     *
     * @param reason the problem, without a full stop
     */
    public FileProblem(String reason) {
        super(reason);
    }

    /**
     * Returns the reason.
     *
     * @return the problem, without a full stop
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
