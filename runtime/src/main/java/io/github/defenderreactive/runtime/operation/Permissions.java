package io.github.defenderreactive.runtime.operation;

import java.util.List;

/**
 * The permissions of an operation. A token needs one of them.
 *
 * @param application the app roles, for tokens of an application
 * @param delegated the scopes, for tokens of a user
 * @since 0.1.0
 */
public record Permissions(List<String> application, List<String> delegated) {

    /**
     * Copies the lists.
     *
     * @param application the app roles, for tokens of an application
     * @param delegated the scopes, for tokens of a user
     */
    public Permissions {
        application = List.copyOf(application);
        delegated = List.copyOf(delegated);
    }
}
