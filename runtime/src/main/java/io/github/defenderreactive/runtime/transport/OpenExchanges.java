package io.github.defenderreactive.runtime.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The exchanges in progress on a transport. Thread-safe. */
final class OpenExchanges {

    private final @Nullable OpenExchanges outer;
    private final Set<Exchange<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates an empty set.
     *
     * @param outer the set that also contains them, or null
     */
    OpenExchanges(@Nullable OpenExchanges outer) {
        this.outer = outer;
    }

    /** Adds an exchange. Returns whether it may begin. It must be removed at its end, even if it may not begin. */
    boolean add(Exchange<?> exchange) {
        running.add(exchange);
        // in this order, so that either the exchange sees the close, or the close sees the exchange
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

    /** Rejects further exchanges. */
    void close() {
        closed = true;
    }

    /**
     * Rejects further exchanges and fails those in progress.
     *
     * @return completes after their subscribers were notified
     */
    Mono<Void> abort() {
        close();
        return Mono.when(running.stream().map(Exchange::abort).toList());
    }
}
