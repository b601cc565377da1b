package io.github.defenderreactive.runtime.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a token is asked for.
 *
 * @param scope the scope, for example {@code https://api.securitycenter.microsoft.com/.default}
 * @param claims a claims challenge to answer, or null
 * @since 0.1.0
 */
public record TokenRequest(String scope, @Nullable String claims) {

    /**
     * Checks the components.
     *
     * @param scope the scope
     * @param claims a claims challenge to answer, or null
     */
    public TokenRequest {
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * A request without a claims challenge.
     *
     * @param scope the scope
     * @return the request
     */
    public static TokenRequest of(String scope) {
        return new TokenRequest(scope, null);
    }
}
