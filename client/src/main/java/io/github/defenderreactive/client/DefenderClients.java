package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.auth.oauth.AdminConsent;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The clients of many tenants, for a partner that serves customers. There is one client for each tenant, created at its
 * first use, and all share their connections. Tokens, quotas and errors are never shared between tenants.
 *
 * <pre>{@code
 * DefenderClients clients = DefenderClients.over(
 *         resources, tenant -> DefenderClient.builder().clientCertificate(application, certificate));
 * clients.of(customer).alerts().list();
 * }</pre>
 *
 * <p>An administrator of each tenant must have granted consent to the application, see {@link AdminConsent}.
 * Thread-safe. Closing the resources closes all clients.
 *
 * @since 0.1.0
 */
public final class DefenderClients {

    private final ClientResources resources;
    private final Function<String, DefenderClient.Builder> clients;
    private final Map<String, DefenderClient> byTenant = new ConcurrentHashMap<>();

    private DefenderClients(ClientResources resources, Function<String, DefenderClient.Builder> clients) {
        this.resources = resources;
        this.clients = clients;
    }

    /**
     * Returns clients over shared connections.
     *
     * @param resources the connections; their owner closes them
     * @param clients returns a new builder for a tenant each time, with the credential and all settings other than the
     *     defaults. Tenant and resources are filled in
     * @return the clients; none is created yet
     */
    public static DefenderClients over(ClientResources resources, Function<String, DefenderClient.Builder> clients) {
        return new DefenderClients(
                Objects.requireNonNull(resources, "resources"), Objects.requireNonNull(clients, "clients"));
    }

    /**
     * Returns the client of a tenant, which is the same one until it is closed.
     *
     * @param tenantId tenant id (a GUID) or a verified domain name; two names of one tenant give two clients
     * @return the client
     * @throws IllegalStateException if the credential lacks a value that it needs; the message names it
     */
    public DefenderClient of(String tenantId) {
        Objects.requireNonNull(tenantId, "tenantId");
        DefenderClient known = byTenant.get(tenantId);
        return known != null && !known.isClosed()
                ? known
                : byTenant.compute(
                        tenantId, (tenant, other) -> other != null && !other.isClosed() ? other : create(tenant));
    }

    private DefenderClient create(String tenant) {
        return clients.apply(tenant).tenantId(tenant).resources(resources).build();
    }

    /**
     * Forgets the client of a tenant, with its token and the state of its quotas. Calls in progress continue.
     *
     * @param tenantId the tenant as it was given to {@link #of}
     */
    public void forget(String tenantId) {
        byTenant.remove(tenantId);
    }
}
