package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a retry of the same call would not resolve.
 *
 * @since 0.1.0
 */
public abstract sealed class NonTransientDefenderException extends DefenderException
        permits AuthenticationException,
                PermissionDeniedException,
                NotFoundException,
                ConflictException,
                BadRequestException,
                ClientClosedException,
                ConnectionSetupException,
                ContentException,
                CredentialUnavailableException,
                DecodeException,
                JvmErrorException,
                LinkExpiredException,
                OutcomeUnknownException,
                PossibleTruncationException,
                PagingException,
                WorkflowException {

    private static final long serialVersionUID = 1L;

    NonTransientDefenderException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    NonTransientDefenderException(NonTransientDefenderException original, Changes changes) {
        super(original, changes);
    }
}
