package io.github.defenderreactive.runtime.error;

import java.util.List;

/**
 * The token is valid but lacks a permission or has the wrong audience, or the tenant does not allow the operation (HTTP
 * 403).
 *
 * @since 0.1.0
 */
public final class PermissionDeniedException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> required;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param required the permissions of which one is needed
     * @param context the context of the error
     */
    public PermissionDeniedException(String text, List<String> required, ErrorContext context) {
        super(text, context, null);
        this.required = required;
    }

    private PermissionDeniedException(PermissionDeniedException original, Changes changes) {
        super(original, changes);
        this.required = original.required;
    }

    /**
     * Returns the permissions of which one is needed.
     *
     * @return the names of the permissions
     */
    public List<String> required() {
        return required;
    }

    @Override
    PermissionDeniedException with(Changes changes) {
        return new PermissionDeniedException(this, changes);
    }
}
