package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a token is asked for. Tokens of two requests that are not equal are never mixed.
 *
 * @param scope the scope, for example {@code https://api.securitycenter.microsoft.com/.default}; several permissions of
 *     one resource are separated by blanks
 * @param claims a claims challenge to answer, as JSON, or null
 * @param user the user on whose behalf, or null for the application itself or the user of the credential
 * @since 0.1.0
 */
public record TokenRequest(
        String scope, @Nullable String claims, @Nullable UserAssertion user) {

    /**
     * Checks the components.
     *
     * @param scope the scope
     * @param claims a claims challenge to answer, as JSON, or null
     * @param user the user on whose behalf, or null
     */
    public TokenRequest {
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * A request without a claims challenge or a user.
     *
     * @param scope the scope
     * @return the request
     */
    public static TokenRequest of(String scope) {
        return new TokenRequest(scope, null, null);
    }

    /**
     * The same, answering a claims challenge. Claims that the request has already are kept; where both name the same, the
     * challenge wins.
     *
     * @param challenge what the token must hold, as JSON
     * @return the request
     * @throws IllegalArgumentException if one of the two is no JSON object
     */
    public TokenRequest withClaims(String challenge) {
        Objects.requireNonNull(challenge, "challenge");
        return new TokenRequest(scope, claims == null ? challenge : Claims.merged(claims, challenge), user);
    }

    /**
     * The same on a user's behalf. Of the library's credentials only {@link OnBehalfOfCredential} answers it; the others
     * refuse.
     *
     * @param assertion the user's token
     * @return the request
     */
    public TokenRequest onBehalfOf(UserAssertion assertion) {
        return new TokenRequest(scope, claims, Objects.requireNonNull(assertion, "assertion"));
    }
}
