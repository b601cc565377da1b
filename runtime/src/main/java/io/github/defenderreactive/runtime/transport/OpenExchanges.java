package io.github.defenderreactive.runtime.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The exchanges in progress on something that can be closed. Thread-safe. */
final class OpenExchanges {

    private final @Nullable OpenExchanges outer;
    private final Set<Exchange<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * No exchanges.
     *
     * @param outer what they are in progress on besides, or null
     */
    OpenExchanges(@Nullable OpenExchanges outer) {
        this.outer = outer;
    }

    /** Whether the exchange may begin; it must be removed at its end, also when it may not. */
    boolean add(Exchange<?> exchange) {
        running.add(exchange);
        // in this order, so that either the exchange sees that it came too late, or who closes sees the exchange
        return !closed && (outer == null || outer.add(exchange));
    }

    void remove(Exchange<?> exchange) {
        running.remove(exchange);
        if (outer != null) {
            outer.remove(exchange);
        }
    }

    boolean isClosed() {
        return closed || outer != null && outer.isClosed();
    }

    /** Admits no more exchanges. */
    void close() {
        closed = true;
    }

    /**
     * Admits no more exchanges, and ends those that are in progress with an error.
     *
     * @return completes when their subscribers have been told
     */
    Mono<Void> cut() {
        close();
        return Mono.when(running.stream().map(Exchange::cut).toList());
    }
}
