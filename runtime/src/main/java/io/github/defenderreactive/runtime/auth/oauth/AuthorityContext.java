package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of credentials that are built for one client: the authority of its cloud, its tenant, and a transport.
 *
 * @param authority the base address of the authority, without tenant
 * @param tenantId the tenant, or null if only the credential knows it
 * @param transport sends token requests
 * @since 0.1.0
 */
public record AuthorityContext(URI authority, @Nullable String tenantId, Transport transport) {

    /**
     * Checks the components.
     *
     * @param authority the base address of the authority, without tenant
     * @param tenantId the tenant, or null
     * @param transport sends token requests
     */
    public AuthorityContext {
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(transport, "transport");
    }
}
