package io.github.defenderreactive.runtime.error;

import java.util.List;

/**
 * The token is valid but lacks a permission, has the wrong audience, or the tenant does not allow it (HTTP 403).
 *
 * @since 0.1.0
 */
public final class PermissionDeniedException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> required;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param required the permissions of which one is needed
     * @param context where it belongs
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
     * The permissions of which one is needed.
     *
     * @return the permissions of which one is needed
     */
    public List<String> required() {
        return required;
    }

    @Override
    PermissionDeniedException with(Changes changes) {
        return new PermissionDeniedException(this, changes);
    }
}
