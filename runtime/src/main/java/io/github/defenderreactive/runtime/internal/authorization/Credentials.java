package io.github.defenderreactive.runtime.internal.authorization;

import io.github.defenderreactive.runtime.auth.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one attempt.
 *
 * @param header the name of their header
 * @param value the value of their header
 * @param token the access token in the value, or null if it is another secret
 */
public record Credentials(
        String header, String value, @Nullable AccessToken token) {

    static Credentials of(AccessToken token) {
        return new Credentials("Authorization", "Bearer " + token.value(), token);
    }

    /** Returns the name of the header. */
    @Override
    public String toString() {
        return "Credentials[" + header + "]";
    }
}
