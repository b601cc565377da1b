package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.auth.oauth.AdminConsent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

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

    private static final int ITEMS_AHEAD = 32;

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

    /**
     * Does the same work for each of many tenants, and merges the results. The work for a tenant begins when the tenant
     * is added, and is cancelled when it is removed. A failure ends the work for one tenant only: it is emitted as a
     * {@link TenantSignal.Failure}, and its work restarts only after the tenant was removed and added. To restart work
     * that fails, apply {@code retryWhen} to it.
     *
     * <p>Tenants that have items take turns, one item each, so a tenant with many items does not delay the others. At most
     * 32 items of each tenant are requested ahead.
     *
     * @param tenantIds the wanted tenants, all of them each time they change: {@code Mono.just(List.of(...))} for
     *     tenants that never change
     * @param work returns the work for a tenant, for example {@code (tenant, client) -> client.alerts().list()}
     * @param <T> type of the items
     * @return the items and failures of all tenants, those of one tenant in their order. Completes when {@code tenantIds}
     *     has completed and the work for every tenant has ended; fails only if {@code tenantIds} fails. Cancel stops
     *     the work for all tenants
     */
    public <T> Flux<TenantSignal<T>> each(
            Publisher<? extends Collection<String>> tenantIds,
            BiFunction<? super String, ? super DefenderClient, ? extends Publisher<T>> work) {
        Objects.requireNonNull(tenantIds, "tenantIds");
        Objects.requireNonNull(work, "work");
        return Flux.defer(() -> {
            Map<String, Sinks.Empty<Void>> ends = new HashMap<>();
            return new FairMerge<>(
                    Flux.from(tenantIds)
                            .concatMapIterable(wanted -> added(ends, wanted))
                            .map(tenant -> signals(tenant.getKey(), work)
                                    .takeUntilOther(tenant.getValue().asMono())),
                    ITEMS_AHEAD);
        });
    }

    /** Ends the work for removed tenants, and returns the added ones. */
    private static List<Map.Entry<String, Sinks.Empty<Void>>> added(
            Map<String, Sinks.Empty<Void>> ends, Collection<String> wanted) {
        Set<String> removed = new HashSet<>(ends.keySet());
        wanted.forEach(removed::remove);
        for (String tenant : removed) {
            Sinks.Empty<Void> end = ends.remove(tenant);
            if (end != null) {
                end.tryEmitEmpty();
            }
        }
        List<Map.Entry<String, Sinks.Empty<Void>>> added = new ArrayList<>();
        for (String tenant : wanted) {
            if (!ends.containsKey(tenant)) {
                Sinks.Empty<Void> end = Sinks.empty();
                ends.put(tenant, end);
                added.add(Map.entry(tenant, end));
            }
        }
        return added;
    }

    private <T> Flux<TenantSignal<T>> signals(
            String tenant, BiFunction<? super String, ? super DefenderClient, ? extends Publisher<T>> work) {
        return Flux.defer(() -> work.apply(tenant, of(tenant)))
                .<TenantSignal<T>>map(item -> new TenantSignal.Item<>(tenant, item))
                .onErrorResume(error -> Mono.just(new TenantSignal.Failure<>(tenant, error)));
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
