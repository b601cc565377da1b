package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for an access token. Tokens of requests that are not equal are never mixed.
 *
 * @param scope the scope, for example {@code https://api.securitycenter.microsoft.com/.default}; several permissions of
 *     one resource are separated by blanks
 * @param claims the claims of a claims challenge, as JSON, or null
 * @param user the user on whose behalf the token is requested, or null for the application itself or the user of the
 *     credential
 * @since 0.1.0
 */
public record TokenRequest(
        String scope, @Nullable String claims, @Nullable UserAssertion user) {

    /**
     * Checks the components.
     *
     * @param scope the scope
     * @param claims the claims of a claims challenge, as JSON, or null
     * @param user the user on whose behalf the token is requested, or null
     */
    public TokenRequest {
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * Creates a request without claims and without a user.
     *
     * @param scope the scope
     * @return the request
     */
    public static TokenRequest of(String scope) {
        return new TokenRequest(scope, null, null);
    }

    /**
     * Returns this request with the claims of a challenge. Existing claims are kept; where both contain the same claim,
     * the challenge wins.
     *
     * @param challenge the claims that the token must contain, as JSON
     * @return the request
     * @throws IllegalArgumentException if one of the two is not a JSON object
     */
    public TokenRequest withClaims(String challenge) {
        Objects.requireNonNull(challenge, "challenge");
        return new TokenRequest(scope, claims == null ? challenge : Claims.merged(claims, challenge), user);
    }

    /**
     * Returns this request on behalf of a user. Of the library's credentials, only {@link OnBehalfOfCredential}
     * supports such a request; the others fail.
     *
     * @param assertion the user's token
     * @return the request
     */
    public TokenRequest onBehalfOf(UserAssertion assertion) {
        return new TokenRequest(scope, claims, Objects.requireNonNull(assertion, "assertion"));
    }
}
