package io.github.defenderreactive.runtime.auth.claims;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.Locale;

/**
 * The likely reason why the service rejected a valid token. The service responds with 403 in three cases: a wrong
 * audience, a missing permission, and a user whose role or device groups do not allow the operation.
 *
 * @since 0.1.0
 */
public final class AccessDeniedDiagnosis {

    private AccessDeniedDiagnosis() {}

    /**
     * Returns the likely cause, for use in a message.
     *
     * @param operation the rejected operation
     * @param token the rejected token
     * @param request the request for which the token was issued
     * @return one or two sentences without a final full stop, or empty if the token cannot be read; never the token
     */
    public static String likelyCause(OperationInfo operation, AccessToken token, TokenRequest request) {
        return AccessTokenClaims.ifReadable(token)
                .map(claims -> likelyCause(operation, claims, resource(request.scope())))
                .orElse("");
    }

    private static String likelyCause(OperationInfo operation, AccessTokenClaims claims, String resource) {
        List<String> audience = claims.audience();
        if (audience.stream().anyMatch(AccessDeniedDiagnosis::isAddress)
                && isAddress(resource)
                && audience.stream().noneMatch(one -> same(one, resource))) {
            return "The audience is the likely cause: the token is for " + String.join(", ", audience)
                    + ", but one for " + resource + " was requested";
        }
        boolean user = claims.isOfUser();
        List<String> needed = PermissionCheck.needed(operation, user);
        List<String> granted = PermissionCheck.granted(needed, claims);
        if (needed.isEmpty()) {
            return "The kind of token is the likely cause: " + operation.id() + " is not available to "
                    + (user ? "users" : "applications");
        }
        if (granted.isEmpty()) {
            List<String> has = user ? claims.scopes() : claims.roles();
            return "A missing permission is the likely cause: the token, for " + String.join(", ", audience) + ", has "
                    + (has.isEmpty() ? "none" : String.join(", ", has)) + ". Grant " + needed.get(0)
                    + ", let an administrator consent, and get a new token";
        }
        return user
                ? "The token has " + granted.get(0)
                        + ", so the likely cause is the user's own role in the service, or the device groups it may see"
                : "The token has " + granted.get(0) + ", so the likely cause is its audience, "
                        + String.join(", ", audience) + ", which does not follow from the host";
    }

    /** Returns the resource of a scope. */
    private static String resource(String scope) {
        String first = scope.trim().split("\\s+")[0];
        int end = first.lastIndexOf('/');
        return end < 0 ? first : first.substring(0, end);
    }

    /** Returns whether a name is an address; application ids cannot be compared with addresses. */
    private static boolean isAddress(String name) {
        return name.contains("://");
    }

    private static boolean same(String one, String other) {
        return normalized(one).equals(normalized(other));
    }

    private static String normalized(String address) {
        String small = address.toLowerCase(Locale.ROOT);
        return small.endsWith("/") ? small.substring(0, small.length() - 1) : small;
    }
}
