package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import reactor.core.publisher.Flux;

/**
 * Sends one request and passes its response to a reader while it arrives.
 *
 * <p>{@link ReactorNettyTransport} is the implementation; a test or a simulation can return responses from memory.
 *
 * @since 0.1.0
 */
public interface Transport {

    /**
     * Sends a request once. Cold: the request is sent at subscribe, and again at each further subscribe. Cancelling
     * stops the exchange and releases its connection. Demand is propagated to the socket: bytes without demand stay
     * unread.
     *
     * @param request the request
     * @param reader converts head and body into items; called once per subscribe, on the event loop of the connection
     * @param <T> type of the items
     * @return emits the items of the reader; fails with {@link ConnectionException} if the peer could not be reached or
     *     closed the connection, and with {@link CallTimeoutException} if a phase took too long
     */
    <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader);

    /**
     * Sends a request once, as {@link #exchange(TransportRequest, ResponseReader)} does, and invokes a callback before
     * the request may reach the peer. An exchange that ends before that had no effect. By default, the callback is
     * invoked at subscribe.
     *
     * @param request the request
     * @param reader converts head and body into items; called once per subscribe, on the event loop of the connection
     * @param sending run once per subscribe, before the first byte of the request is sent; must not block or throw
     * @param <T> type of the items
     * @return emits the items of the reader, as {@link #exchange(TransportRequest, ResponseReader)} does
     */
    default <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader, Runnable sending) {
        return Flux.defer(() -> {
            sending.run();
            return exchange(request, reader);
        });
    }
}
