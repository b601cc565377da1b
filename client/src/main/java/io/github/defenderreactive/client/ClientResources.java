package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

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
    private final CallScope calls = CallScope.open();

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

    ReactorNettyTransport api() {
        return api;
    }

    Transport authority() {
        return authority;
    }

    ReactorNettyTransport storage() {
        return storage;
    }

    CallScope calls() {
        return calls;
    }

    /**
     * Closes the connections of every client that uses them. Calls that begin afterwards, and calls in progress, end in
     * {@link io.github.defenderreactive.runtime.error.ClientClosedException}; one that must not be sent twice and may
     * have reached the service ends in {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException}. Does not
     * block and does not wait for that; further closes have no effect.
     */
    @Override
    public void close() {
        closeNow().subscribe();
    }

    /**
     * Closes as {@link #close()} does, but lets calls in progress end first: calls that begin afterwards are refused at
     * once, those in progress may go on for the grace period, with further pages and retries, and are ended then.
     *
     * @param grace longest time for calls in progress; zero for none
     * @return completes when no call is in progress and the connections are closed; closes at each subscribe, the second
     *     time without effect
     * @throws IllegalArgumentException if the time is negative
     */
    public Mono<Void> closeLater(Duration grace) {
        return GracefulClose.of(calls, grace, closeNow());
    }

    private Mono<Void> closeNow() {
        return Mono.defer(() -> {
            calls.close();
            // what waits for a response knows best how it ends; the rest waits for something else
            return Mono.when(api.closeNow(), authority.closeNow(), storage.closeNow())
                    .doOnTerminate(calls::cut);
        });
    }
}
