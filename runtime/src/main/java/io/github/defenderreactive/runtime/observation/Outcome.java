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
 * What a call or an attempt ended in; few values, fit for a label.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** All is well. */
    SUCCESS,
    /** Nobody wants the rest: a cancel, or a page whose connection was given back for want of demand. */
    CANCELLED,
    /** A quota was used up. */
    THROTTLED,
    /** No token, or one that was refused. */
    AUTHENTICATION,
    /** The token lacks a permission. */
    PERMISSION_DENIED,
    /** Not there. */
    NOT_FOUND,
    /** The state does not allow it. */
    CONFLICT,
    /** The request was refused. */
    BAD_REQUEST,
    /** Time was up. */
    TIMEOUT,
    /** No connection, or a broken one. */
    CONNECTION,
    /** The service failed. */
    SERVICE,
    /** The answer could not be read. */
    DECODE,
    /** It may or may not have been carried out. */
    UNKNOWN,
    /** Anything else. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name for a label.
     *
     * @return the name in small letters
     */
    public String label() {
        return label;
    }

    /**
     * Names a failure.
     *
     * @param failure what ended the call or the attempt
     * @return its kind
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
