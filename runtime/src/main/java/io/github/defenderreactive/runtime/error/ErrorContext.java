package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The context of a {@link DefenderException}.
 *
 * @param operationId the operation, or null if there is none, as for a token request
 * @param status the HTTP status, 0 if no response was received
 * @param serviceCode the {@code error.code} of the response, or null
 * @param requestId the request id for the service's support, or null
 * @param attempts the number of attempts on the wire, including this one; 0 if nothing was sent
 * @since 0.1.0
 */
public record ErrorContext(
        @Nullable String operationId,
        int status,
        @Nullable String serviceCode,
        @Nullable String requestId,
        int attempts) {

    /** A context without operation, response and attempts. */
    public static final ErrorContext NONE = new ErrorContext(null, 0, null, null, 0);

    /**
     * Creates a context before any response.
     *
     * @param operationId the operation
     * @return the context
     */
    public static ErrorContext of(String operationId) {
        return new ErrorContext(operationId, 0, null, null, 0);
    }

    /**
     * Returns this context with another number of attempts.
     *
     * @param number the number of attempts on the wire
     * @return the context
     */
    public ErrorContext withAttempts(int number) {
        return new ErrorContext(operationId, status, serviceCode, requestId, number);
    }

    /**
     * Returns this context with an operation.
     *
     * @param id the operation
     * @return the context
     */
    public ErrorContext withOperationId(String id) {
        return new ErrorContext(id, status, serviceCode, requestId, attempts);
    }
}
