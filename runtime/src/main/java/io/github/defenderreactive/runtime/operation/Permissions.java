package io.github.defenderreactive.runtime.operation;

import java.util.List;

/**
 * What a token must hold; any one of the names is enough.
 *
 * @param application app roles, for tokens of an application
 * @param delegated scopes, for tokens of a user
 * @since 0.1.0
 */
public record Permissions(List<String> application, List<String> delegated) {

    /**
     * Copies the lists.
     *
     * @param application app roles, for tokens of an application
     * @param delegated scopes, for tokens of a user
     */
    public Permissions {
        application = List.copyOf(application);
        delegated = List.copyOf(delegated);
    }
}
