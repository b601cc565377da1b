package io.github.defenderreactive.runtime.internal.token;

import io.github.defenderreactive.runtime.auth.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one response of a token endpoint.
 *
 * @param access the access token
 * @param refresh the refresh token, or null if there is none
 */
public record IssuedTokens(AccessToken access, @Nullable String refresh) {

    @Override
    public String toString() {
        return "IssuedTokens[" + access + (refresh == null ? "" : ", with a refresh token") + "]";
    }
}
