package io.github.defenderreactive.emulator.internal.login;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The requested scope of a token.
 *
 * @param resource the audience
 * @param permissions the requested permissions, empty for all that are consented to
 * @param offline whether a refresh token is requested
 */
record RequestedScope(String resource, Set<String> permissions, boolean offline) {

    private static final String DEFAULT = ".default";
    private static final Set<String> OF_THE_PROTOCOL = Set.of("openid", "profile", "email", "offline_access");

    /** Returns the scope of a version 1 request, in which a user always gets a refresh token. */
    static RequestedScope ofResource(String resource) {
        return new RequestedScope(resource, Set.of(), true);
    }

    static RequestedScope of(String scope) {
        Set<String> resources = new LinkedHashSet<>();
        Set<String> permissions = new LinkedHashSet<>();
        boolean offline = false;
        for (String one : scope.trim().split("\\s+")) {
            if (OF_THE_PROTOCOL.contains(one)) {
                offline |= one.equals("offline_access");
                continue;
            }
            int slash = one.lastIndexOf('/');
            if (slash < 1 || slash == one.length() - 1) {
                throw LoginProblem.scope(
                        70011, "The provided value for the input parameter 'scope' is not valid: " + one);
            }
            resources.add(one.substring(0, slash));
            permissions.add(one.substring(slash + 1));
        }
        if (resources.isEmpty()) {
            throw LoginProblem.scope(700023, "The scope " + scope + " names no resource.");
        }
        if (resources.size() > 1) {
            throw LoginProblem.scope(700022, "The scope names several resources: " + resources + ".");
        }
        if (permissions.remove(DEFAULT) && !permissions.isEmpty()) {
            throw LoginProblem.scope(70011, "The scope holds .default beside other permissions: " + scope);
        }
        return new RequestedScope(resources.iterator().next(), permissions, offline);
    }
}
