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
 * Mapping of a response of the storage.
 *
 * @param uri the signed link, of which messages contain only scheme, host and path
 * @param head the status and headers
 * @param redaction removes the link from texts of the storage
 */
record StorageResponse(URI uri, ResponseHead head, Redaction redaction) {

    private static final int OK = 200;

    /** Returns whether the body is the stored object. */
    boolean isContent() {
        return head.status() == OK && !isPage();
    }

    /** Returns whether the body is an HTML page of an intermediary. */
    boolean isPage() {
        String type = StatusMapping.mediaType(head, Redaction.NONE);
        return head.header("x-ms-blob-type") == null
                && ("text/html".equals(type) || "application/xhtml+xml".equals(type));
    }

    private String where() {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** Returns the error of an empty response. */
    DefenderException empty() {
        return new ConnectionException(
                "The storage at " + where() + " returned an empty response instead of the content",
                true,
                new ErrorContext(null, OK, null, null, 0),
                null);
    }

    /**
     * Returns the error of a response that is not the stored object.
     *
     * @param now the current time, for a date in {@code Retry-After}
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
                        "Received an HTML page from " + where
                                + " instead of the content: check the proxy, or sign in to the network",
                        context,
                        null);
            case 401, 403 ->
                new LinkExpiredException(
                        "The link to " + where
                                + " is invalid or has expired: such links are valid for minutes or hours."
                                + " Request a new one",
                        context);
            case 404, 410 -> new NotFoundException("No object at " + where, context);
            // the request was not processed, so it may be sent again
            case 408, 425 ->
                new ConnectionException(
                        "The storage at " + where + " did not process the request", true, context, null);
            case 429 -> new ThrottledException("The storage at " + where + " is busy", wait, context);
            default ->
                status < 300
                        ? new ContentException(
                                "The storage at " + where + " did not return the complete content", context, null)
                        : new BadRequestException("The storage at " + where + " rejected the request", context);
        };
    }
}
