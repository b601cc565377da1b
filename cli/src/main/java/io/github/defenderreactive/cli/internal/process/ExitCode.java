package io.github.defenderreactive.cli.internal.process;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
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

/** Exit codes of the command. They are a contract with scripts. */
public final class ExitCode {

    /** Success. */
    public static final int OK = 0;

    /** A failure without a code of its own. */
    public static final int OTHER = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    /** Authentication failed. */
    public static final int AUTHENTICATION = 3;

    /** A permission is missing. */
    public static final int PERMISSION = 4;

    /** The service throttled the call. */
    public static final int THROTTLED = 5;

    /** The entity does not exist. */
    public static final int NOT_FOUND = 6;

    /** The service or the network failed. */
    public static final int SERVICE = 7;

    private ExitCode() {}

    /**
     * Returns the exit code for a failure.
     *
     * @param failure the failure that ended the command
     * @return the exit code
     */
    public static int of(Throwable failure) {
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
