package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * Where an error belongs: what every {@link DefenderException} carries.
 *
 * @param operationId the operation, or null when there is none, as for a token request
 * @param status the HTTP status, 0 when no answer arrived
 * @param serviceCode the {@code error.code} of the answer, or null
 * @param requestId the id to give to the service's support, or null
 * @param attempts wire attempts made, this one included; 0 when nothing was sent
 * @since 0.1.0
 */
public record ErrorContext(
        @Nullable String operationId,
        int status,
        @Nullable String serviceCode,
        @Nullable String requestId,
        int attempts) {

    /** No operation, no answer, no attempt. */
    public static final ErrorContext NONE = new ErrorContext(null, 0, null, null, 0);

    /**
     * A context before any answer.
     *
     * @param operationId the operation
     * @return the context
     */
    public static ErrorContext of(String operationId) {
        return new ErrorContext(operationId, 0, null, null, 0);
    }

    /**
     * The same with another number of attempts.
     *
     * @param number wire attempts made
     * @return the context
     */
    public ErrorContext withAttempts(int number) {
        return new ErrorContext(operationId, status, serviceCode, requestId, number);
    }

    /**
     * The same for an operation.
     *
     * @param id the operation
     * @return the context
     */
    public ErrorContext withOperationId(String id) {
        return new ErrorContext(id, status, serviceCode, requestId, attempts);
    }
}
