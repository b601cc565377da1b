package io.github.defenderreactive.runtime.auth.claims;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.Locale;

/**
 * Why the service may have refused a token that has not ended. It answers 403 in each of three cases: another audience, a
 * missing permission, and a user whose own role or device groups do not allow it.
 *
 * @since 0.1.0
 */
public final class AccessDeniedDiagnosis {

    private AccessDeniedDiagnosis() {}

    /**
     * The likely cause, for a message to a person.
     *
     * @param operation what was refused
     * @param token the token it was refused with
     * @param asked the request the token answered
     * @return one sentence or two without full stop, or nothing when the token cannot be read; never the token
     */
    public static String likelyCause(OperationInfo operation, AccessToken token, TokenRequest asked) {
        return AccessTokenClaims.ifReadable(token)
                .map(claims -> likelyCause(operation, claims, resource(asked.scope())))
                .orElse("");
    }

    private static String likelyCause(OperationInfo operation, AccessTokenClaims claims, String resource) {
        List<String> audience = claims.audience();
        if (audience.stream().anyMatch(AccessDeniedDiagnosis::isAddress)
                && isAddress(resource)
                && audience.stream().noneMatch(one -> same(one, resource))) {
            return "The audience is the likely cause: the token is for " + String.join(", ", audience)
                    + ", but one for " + resource + " was asked for";
        }
        boolean user = claims.isOfUser();
        List<String> needed = PermissionCheck.needed(operation, user);
        List<String> held = PermissionCheck.held(needed, claims);
        if (needed.isEmpty()) {
            return "The kind of token is the likely cause: " + operation.id() + " is not open to "
                    + (user ? "users" : "applications");
        }
        if (held.isEmpty()) {
            List<String> has = user ? claims.scopes() : claims.roles();
            return "A missing permission is the likely cause: the token, for " + String.join(", ", audience) + ", has "
                    + (has.isEmpty() ? "none" : String.join(", ", has)) + ". Grant " + needed.get(0)
                    + ", let an administrator consent, and get a new token";
        }
        return user
                ? "The token has " + held.get(0)
                        + ", so the likely cause is the user's own role in the service, or the device groups it may see"
                : "The token has " + held.get(0) + ", so the likely cause is its audience, "
                        + String.join(", ", audience) + ", which does not follow from the host";
    }

    /** What a scope is a permission of. */
    private static String resource(String scope) {
        String first = scope.trim().split("\\s+")[0];
        int end = first.lastIndexOf('/');
        return end < 0 ? first : first.substring(0, end);
    }

    /** Application ids cannot be compared with addresses. */
    private static boolean isAddress(String name) {
        return name.contains("://");
    }

    private static boolean same(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String address) {
        String small = address.toLowerCase(Locale.ROOT);
        return small.endsWith("/") ? small.substring(0, small.length() - 1) : small;
    }
}
