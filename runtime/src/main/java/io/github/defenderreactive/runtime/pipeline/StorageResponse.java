package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Meaning of a response of the storage.
 *
 * @param uri the signed link, of which messages show scheme, host and path only
 * @param head status and headers
 * @param redaction takes the link out of what the storage says
 */
record StorageResponse(URI uri, ResponseHead head, Redaction redaction) {

    private static final int OK = 200;

    /** Whether the body is the stored object. */
    boolean isContent() {
        return head.status() == OK && !isPage();
    }

    /** Whether it is a page for people, from something between here and the storage. */
    private boolean isPage() {
        String type = StatusMapping.mediaType(head, Redaction.NONE);
        return head.header("x-ms-blob-type") == null
                && ("text/html".equals(type) || "application/xhtml+xml".equals(type));
    }

    private String where() {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** The error of a content that is empty. */
    DefenderException empty() {
        return new ConnectionException(
                "The storage at " + where() + " answered with nothing, where content is due",
                true,
                new ErrorContext(null, OK, null, null, 0),
                null);
    }

    /**
     * The error of a response that is not the stored object.
     *
     * @param now the local time, for the date of a {@code Retry-After}
     */
    DefenderException error(Instant now) {
        int status = head.status();
        ErrorContext context = new ErrorContext(null, status, null, redaction.id(head.header("x-ms-request-id")), 0);
        String where = where();
        Duration wait = RetryAfter.of(head, now);
        if (status >= 500) {
            return new ServiceException("The storage at " + where + " failed", wait, context);
        }
        return switch (status) {
            case OK ->
                new ContentException(
                        "A page of HTML came from " + where
                                + " in the place of the content: check the proxy, or sign in to the network",
                        context,
                        null);
            case 401, 403 ->
                new LinkExpiredException(
                        "The link to " + where
                                + " is not valid, or not any more: such links live for minutes or hours. Ask for a new one",
                        context);
            case 404, 410 -> new NotFoundException("Nothing is at " + where, context);
            // the request was not taken up, so it may be sent again
            case 408, 425 ->
                new ConnectionException("The storage at " + where + " did not take the request", true, context, null);
            case 429 -> new ThrottledException("The storage at " + where + " is busy", wait, context);
            default ->
                status < 300
                        ? new ContentException(
                                "The storage at " + where + " did not answer with the whole content", context, null)
                        : new BadRequestException("The storage at " + where + " refused the request", context);
        };
    }
}
