package io.github.defenderreactive.runtime.auth.oauth;

import java.net.URI;
import java.util.Objects;

/**
 * The endpoints of an authority whose addresses differ from those of the platform: a gateway in front of it, or a test
 * server.
 *
 * @param token the token endpoint; also the audience of client assertions
 * @param authorize the page at which a user's browser signs in
 * @param deviceCode the endpoint that starts a sign-in on another device
 * @since 0.1.0
 */
public record AuthorityEndpoints(URI token, URI authorize, URI deviceCode) {

    /**
     * Checks the components.
     *
     * @param token the token endpoint
     * @param authorize the page at which a user's browser signs in
     * @param deviceCode the endpoint that starts a sign-in on another device
     */
    public AuthorityEndpoints {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(authorize, "authorize");
        Objects.requireNonNull(deviceCode, "deviceCode");
    }

    /** Returns the endpoints of a tenant at the platform. */
    static AuthorityEndpoints of(URI authority, String tenantId, TokenEndpoint.Version version) {
        String base = TokenEndpoint.base(authority, tenantId) + version.path();
        return new AuthorityEndpoints(
                URI.create(base + "token"), URI.create(base + "authorize"), URI.create(base + "devicecode"));
    }
}
