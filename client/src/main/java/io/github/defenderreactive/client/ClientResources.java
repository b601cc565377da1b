package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.util.Objects;

/**
 * Connections that several clients share. The pools of the APIs, of the authority and of the storage behind signed links
 * stay apart, so that none of them can starve another. Tokens, quotas and retry budgets are each client's own.
 *
 * <p>Thread-safe. Whoever creates it closes it, after its clients; a client closes only what it created.
 *
 * @since 0.1.0
 */
public final class ClientResources implements AutoCloseable {

    private final ReactorNettyTransport api;
    private final ReactorNettyTransport authority;
    private final ReactorNettyTransport storage;

    private ClientResources(TransportOptions options) {
        this.api = ReactorNettyTransport.create(options);
        this.authority = ReactorNettyTransport.create(options);
        this.storage = ReactorNettyTransport.create(options);
    }

    /**
     * Resources with the default options.
     *
     * @return new resources; no connection is opened yet
     */
    public static ClientResources create() {
        return create(TransportOptions.defaults());
    }

    /**
     * Resources.
     *
     * @param options timeouts, pools, trust, proxy
     * @return new resources; no connection is opened yet
     */
    public static ClientResources create(TransportOptions options) {
        return new ClientResources(Objects.requireNonNull(options, "options"));
    }

    Transport api() {
        return api;
    }

    Transport authority() {
        return authority;
    }

    Transport storage() {
        return storage;
    }

    /** Closes the connections; calls under way fail. Does not block; further closes do nothing. */
    @Override
    public void close() {
        api.dispose();
        authority.dispose();
        storage.dispose();
    }
}
