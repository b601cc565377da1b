package io.github.defenderreactive.runtime.internal;

import java.io.IOException;

/**
 * Says what is wrong with a file that a user named and what to do, as a text that can follow a colon. It never quotes the
 * file; there is no cause, which might.
 *
 * @since 0.1.0
 */
public final class FileProblem extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the problem.
     *
     * @param reason what is wrong, without a full stop
     */
    public FileProblem(String reason) {
        super(reason);
    }

    /**
     * Returns the reason.
     *
     * @return what is wrong, without a full stop
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
