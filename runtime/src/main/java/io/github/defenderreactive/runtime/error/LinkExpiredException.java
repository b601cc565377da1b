package io.github.defenderreactive.runtime.error;

/**
 * A signed link is refused (HTTP 403): its time is over or its signature is not valid. Ask the service for a new link.
 *
 * @since 0.1.0
 */
public final class LinkExpiredException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do; never the link, which is as good as a password
     * @param context where it belongs
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
