package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Connections that several clients share. The APIs, the authority and the storage of signed links have separate
 * connection pools, so that none of them can starve another. Tokens, quotas and retry budgets are not shared.
 *
 * <p>Thread-safe. The application that creates the resources closes them, after their clients; a client closes only
 * what it created.
 *
 * @since 0.1.0
 */
public final class ClientResources implements AutoCloseable {

    private final TransportOptions transportOptions;
    private final @Nullable LoopResources loopResources;
    private final ReactorNettyTransport api;
    private final ReactorNettyTransport authority;
    private final ReactorNettyTransport storage;
    private final CallScope calls = CallScope.open();

    private ClientResources(Builder builder) {
        this.transportOptions = builder.transportOptions;
        this.loopResources = builder.loopResources;
        this.api = transport();
        this.authority = transport();
        this.storage = transport();
    }

    private ReactorNettyTransport transport() {
        return loopResources == null
                ? ReactorNettyTransport.create(transportOptions)
                : ReactorNettyTransport.create(transportOptions, loopResources);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates resources with the default options.
     *
     * @return new resources; no connection is opened yet
     */
    public static ClientResources create() {
        return builder().build();
    }

    /**
     * Creates resources.
     *
     * @param options timeouts, pools, trust, proxy
     * @return new resources; no connection is opened yet
     */
    public static ClientResources create(TransportOptions options) {
        return builder().transportOptions(options).build();
    }

    /**
     * Returns a builder with the settings of these resources. The resources that it builds have connections of their
     * own.
     *
     * @return a new builder
     */
    public Builder mutate() {
        Builder builder = new Builder().transportOptions(transportOptions);
        return loopResources == null ? builder : builder.loopResources(loopResources);
    }

    /**
     * Returns the timeouts, pools, trust and proxy of the connections.
     *
     * @return the options
     */
    public TransportOptions transportOptions() {
        return transportOptions;
    }

    /**
     * Returns the event loops of the connections.
     *
     * @return the event loops, or null for those that Reactor Netty shares in the JVM
     */
    public @Nullable LoopResources loopResources() {
        return loopResources;
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
     * Closes the connections of all clients that use these resources. Calls in progress and later calls fail with
     * {@link ClientClosedException}; a call that must not be sent twice and may have reached the service fails with
     * {@link OutcomeUnknownException}. Does not block and does not wait for the calls to end. Further closes have no
     * effect.
     */
    @Override
    public void close() {
        closeNow().subscribe();
    }

    /**
     * Closes the resources like {@link #close()}, after the calls in progress. Later calls are refused at once. The
     * calls in progress may continue for the grace period, with further pages and retries; the rest are ended then.
     *
     * @param grace longest time for calls in progress; zero for none
     * @return completes when no call is in progress and the connections are closed. Every subscription closes; the
     *     second one has no effect
     * @throws IllegalArgumentException if the time is negative
     */
    public Mono<Void> closeLater(Duration grace) {
        return GracefulClose.of(calls, grace, closeNow());
    }

    private Mono<Void> closeNow() {
        return Mono.defer(() -> {
            calls.close();
            // a call that waits for a response ends with the more precise error of its exchange, so exchanges end first
            return Mono.when(api.closeNow(), authority.closeNow(), storage.closeNow())
                    .doOnTerminate(calls::cut);
        });
    }

    /**
     * Builds {@link ClientResources}.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private TransportOptions transportOptions = TransportOptions.defaults();
        private @Nullable LoopResources loopResources;

        private Builder() {}

        /**
         * Sets the timeouts, pools, trust and proxy of the connections.
         *
         * @param options the options; default {@link TransportOptions#defaults()}
         * @return this builder
         */
        public Builder transportOptions(TransportOptions options) {
            this.transportOptions = Objects.requireNonNull(options, "transportOptions");
            return this;
        }

        /**
         * Sets the event loops of the connections, for an application that runs event loops of its own, such as those
         * of a Spring {@code ReactorResourceFactory} without global resources. Name lookups run on them too. Closing
         * the resources leaves the event loops open; the application disposes them afterwards.
         *
         * @param loops the event loops; default those that Reactor Netty shares in the JVM, which Spring WebFlux uses
         *     by default too
         * @return this builder
         */
        public Builder loopResources(LoopResources loops) {
            this.loopResources = Objects.requireNonNull(loops, "loopResources");
            return this;
        }

        /**
         * Builds the resources. Opens no connection yet.
         *
         * @return new resources, to be closed by the caller
         */
        public ClientResources build() {
            return new ClientResources(this);
        }
    }
}
