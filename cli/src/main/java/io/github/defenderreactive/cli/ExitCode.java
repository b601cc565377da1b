package io.github.defenderreactive.cli;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionSetupException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;

/** What the process tells a script. */
final class ExitCode {

    static final int OK = 0;
    static final int OTHER = 1;
    static final int USAGE = 2;
    static final int AUTHENTICATION = 3;
    static final int PERMISSION = 4;
    static final int THROTTLED = 5;
    static final int NOT_FOUND = 6;
    static final int SERVICE = 7;

    private ExitCode() {}

    static int of(Throwable failure) {
        if (failure instanceof UsageException) {
            return USAGE;
        }
        if (!(failure instanceof DefenderException) || FatalErrors.virtualMachineError(failure) != null) {
            return OTHER;
        }
        if (failure instanceof AuthenticationException || failure instanceof CredentialUnavailableException) {
            return AUTHENTICATION;
        }
        if (failure instanceof PermissionDeniedException) {
            return PERMISSION;
        }
        if (failure instanceof ThrottledException) {
            return THROTTLED;
        }
        if (failure instanceof NotFoundException) {
            return NOT_FOUND;
        }
        boolean service = failure instanceof TransientDefenderException
                || failure instanceof ConnectionSetupException
                || failure instanceof DecodeException
                || failure instanceof OutcomeUnknownException
                || failure instanceof PagingException;
        return service ? SERVICE : OTHER;
    }
}
