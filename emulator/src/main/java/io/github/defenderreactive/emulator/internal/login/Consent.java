package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The permissions of the application and its users, by API. */
final class Consent {

    private final Description description;
    private final @Nullable Set<String> chosenRoles;
    private final String clientId;

    /**
     * Creates the consent.
     *
     * @param chosenRoles roles of the application, null for all
     */
    Consent(Description description, @Nullable Set<String> chosenRoles, String clientId) {
        this.description = description;
        this.chosenRoles = chosenRoles;
        this.clientId = clientId;
    }

    /** Returns whether a resource is the application itself. */
    boolean isApplication(String audience) {
        return audience.equals(clientId) || audience.equals("api://" + clientId);
    }

    /** Returns the resource, when the directory knows it. */
    String resource(String audience) {
        if (ServedApi.forAudience(audience) == null && !isApplication(audience)) {
            throw new LoginProblem(
                    400,
                    "invalid_resource",
                    500011,
                    "The resource principal named " + audience + " was not found in the tenant.");
        }
        return audience;
    }

    /** Returns the roles of a token: all of its API, or of the chosen ones those that are not another API's. */
    Set<String> roles(String audience) {
        ServedApi api = ServedApi.forAudience(audience);
        if (api == null) {
            return Set.of();
        }
        Set<String> roles = new TreeSet<>(description.permissions(api));
        if (chosenRoles == null) {
            return roles;
        }
        Set<String> chosen = new TreeSet<>(chosenRoles);
        chosen.removeIf(role -> !roles.contains(role)
                && Stream.of(ServedApi.values())
                        .anyMatch(other -> description.permissions(other).contains(role)));
        return chosen;
    }

    /** Returns the scopes of a user's token: the requested ones, or all that were consented to. */
    Set<String> scopes(RequestedScope asked, EmulatedUser user) {
        if (isApplication(asked.resource())) {
            return Set.of("user_impersonation");
        }
        ServedApi api = ServedApi.forAudience(resource(asked.resource()));
        Set<String> consented = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (api != null) {
            consented.addAll(description.delegatedPermissions(api));
        }
        if (user.permissions() != null) {
            consented.retainAll(user.permissions());
        }
        for (String permission : asked.permissions()) {
            if (!consented.contains(permission)) {
                throw LoginProblem.grant(
                        65001,
                        "The user or administrator has not consented to use the application with ID '" + clientId
                                + "': " + permission + ".");
            }
        }
        return asked.permissions().isEmpty() ? consented : new TreeSet<>(asked.permissions());
    }
}
