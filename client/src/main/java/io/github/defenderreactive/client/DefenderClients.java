package io.github.defenderreactive.client;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The clients of many tenants, for a partner that serves customers: one client for each tenant, made when it is first asked
 * for, all over the same connections. Tokens, quotas and errors of two tenants never meet.
 *
 * <pre>{@code
 * DefenderClients clients = DefenderClients.over(resources, tenant -> DefenderClient.builder()
 *         .credential(ClientCertificateCredential.builder().clientId(application).certificate(certificate)));
 * clients.of(customer).alerts().list();
 * }</pre>
 *
 * <p>An administrator of each tenant must have let the application in, see
 * {@link io.github.defenderreactive.runtime.auth.oauth.AdminConsent}. Thread-safe. Closing the resources ends all of them.
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
     * Clients over shared connections.
     *
     * @param resources the connections; their owner closes them
     * @param clients begins the client of a tenant: its credential, and what else is not the default. A new builder each
     *     time; tenant and resources are filled in
     * @return no client yet
     */
    public static DefenderClients over(ClientResources resources, Function<String, DefenderClient.Builder> clients) {
        return new DefenderClients(
                Objects.requireNonNull(resources, "resources"), Objects.requireNonNull(clients, "clients"));
    }

    /**
     * The client of a tenant, the same one each time until it is closed.
     *
     * @param tenantId tenant id (a GUID) or a verified domain name; two names of one tenant give two clients
     * @return the client
     * @throws IllegalStateException if its credential lacks something; the message names it
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
     * Forgets the client of a tenant with its token and what it knew of quotas. Calls under way go on.
     *
     * @param tenantId the name it was asked for by
     */
    public void forget(String tenantId) {
        byTenant.remove(tenantId);
    }
}
