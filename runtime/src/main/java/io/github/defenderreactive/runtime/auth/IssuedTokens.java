package io.github.defenderreactive.runtime.auth;

import org.jspecify.annotations.Nullable;

/**
 * What one answer of a token endpoint holds.
 *
 * @param access the access token
 * @param refresh the refresh token, or null when there is none
 */
record IssuedTokens(AccessToken access, @Nullable String refresh) {

    @Override
    public String toString() {
        return "IssuedTokens[" + access + (refresh == null ? "" : ", with a refresh token") + "]";
    }
}
