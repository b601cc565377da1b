package io.github.defenderreactive.runtime.observation;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.util.Locale;

/**
 * The kind of result of a call or an attempt; a small set of values, suitable for a label.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** Success. */
    SUCCESS,
    /** Cancelled, or a page whose connection was released because no items were demanded. */
    CANCELLED,
    /** A quota was exceeded. */
    THROTTLED,
    /** No token, or one that was rejected. */
    AUTHENTICATION,
    /** The token lacks a permission. */
    PERMISSION_DENIED,
    /** The resource was not found. */
    NOT_FOUND,
    /** The state of the resource does not allow the operation. */
    CONFLICT,
    /** The request was rejected. */
    BAD_REQUEST,
    /** Timed out. */
    TIMEOUT,
    /** No connection, or a broken one. */
    CONNECTION,
    /** The service failed. */
    SERVICE,
    /** The response could not be decoded. */
    DECODE,
    /** The request may or may not have been carried out. */
    UNKNOWN,
    /** Any other failure. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the value of a label.
     *
     * @return the name in lower case
     */
    public String label() {
        return label;
    }

    /**
     * Returns the outcome of a failure.
     *
     * @param failure the error that ended the call or the attempt
     * @return the outcome
     */
    public static Outcome of(Throwable failure) {
        if (failure instanceof ThrottledException) {
            return THROTTLED;
        }
        if (failure instanceof AuthenticationException) {
            return AUTHENTICATION;
        }
        if (failure instanceof PermissionDeniedException) {
            return PERMISSION_DENIED;
        }
        if (failure instanceof NotFoundException) {
            return NOT_FOUND;
        }
        if (failure instanceof ConflictException) {
            return CONFLICT;
        }
        if (failure instanceof BadRequestException) {
            return BAD_REQUEST;
        }
        if (failure instanceof CallTimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof ConnectionException) {
            return CONNECTION;
        }
        if (failure instanceof ServiceException) {
            return SERVICE;
        }
        if (failure instanceof DecodeException) {
            return DECODE;
        }
        return failure instanceof OutcomeUnknownException ? UNKNOWN : OTHER;
    }
}
