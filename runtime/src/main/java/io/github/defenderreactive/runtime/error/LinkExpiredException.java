package io.github.defenderreactive.runtime.error;

/**
 * A signed link was rejected (HTTP 403): it has expired, or its signature is not valid. Request a new link from the
 * service.
 *
 * @since 0.1.0
 */
public final class LinkExpiredException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy; never the link, because it grants access like a password
     * @param context the context of the error
     */
    public LinkExpiredException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private LinkExpiredException(LinkExpiredException original, Changes changes) {
        super(original, changes);
    }

    @Override
    LinkExpiredException with(Changes changes) {
        return new LinkExpiredException(this, changes);
    }
}
