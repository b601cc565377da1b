package io.github.defenderreactive.codegen.internal.description;

import java.util.List;

/**
 * Thrown if an API description is invalid. The message names every finding with its place.
 *
 * @since 0.1.0
 */
public final class DescriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DescriptionException(String finding) {
        super(finding);
    }

    public DescriptionException(String finding, Throwable cause) {
        super(finding, cause);
    }

    public DescriptionException(List<String> findings) {
        this(
                findings.size() == 1
                        ? findings.get(0)
                        : findings.size() + " findings:\n  " + String.join("\n  ", findings));
    }
}
