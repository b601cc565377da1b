package io.github.defenderreactive.runtime.internal;

import java.io.IOException;

/**
 * Says what is wrong with a file that a user named and what to do about it, in words that can follow a colon. They never quote
 * what is in the file, and neither does a cause, which is why there is none.
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
     * The reason.
     *
     * @return what is wrong, without a full stop
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
