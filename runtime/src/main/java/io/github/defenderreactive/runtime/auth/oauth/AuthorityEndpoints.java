package io.github.defenderreactive.runtime.auth.oauth;

import java.net.URI;
import java.util.Objects;

/**
 * The addresses of an authority that lays its endpoints out otherwise than the platform: a gateway in front of it, or a
 * server of tests.
 *
 * @param token where tokens are asked for; an assertion of the application is made out to it
 * @param authorize where a user's browser begins to sign in
 * @param deviceCode where a sign-in on another device begins
 * @since 0.1.0
 */
public record AuthorityEndpoints(URI token, URI authorize, URI deviceCode) {

    /**
     * Checks the components.
     *
     * @param token where tokens are asked for
     * @param authorize where a user's browser begins to sign in
     * @param deviceCode where a sign-in on another device begins
     */
    public AuthorityEndpoints {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(authorize, "authorize");
        Objects.requireNonNull(deviceCode, "deviceCode");
    }

    /** Those of a tenant as the platform lays them out. */
    static AuthorityEndpoints of(URI authority, String tenantId, TokenEndpoint.Version version) {
        String base = TokenEndpoint.base(authority, tenantId) + version.path();
        return new AuthorityEndpoints(
                URI.create(base + "token"), URI.create(base + "authorize"), URI.create(base + "devicecode"));
    }
}
