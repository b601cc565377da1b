package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import reactor.core.publisher.Flux;

/**
 * Sends one request and hands its answer to a reader while it arrives.
 *
 * <p>The library's own binds Reactor Netty; a test or a simulation can answer from memory.
 *
 * @since 0.1.0
 */
public interface Transport {

    /**
     * One wire attempt. Cold: nothing is sent before subscribe, and each subscribe sends anew. Cancel stops the exchange
     * and frees its connection. Demand is carried to the socket: what nobody asked for stays unread.
     *
     * @param request what to send
     * @param reader turns head and body into items; called once per subscribe, on the connection's event loop
     * @param <T> what the reader emits
     * @return what the reader emits, or
     *     {@link ConnectionException} when the peer could not be reached or
     *     broke off, {@link CallTimeoutException} when a phase took too long
     */
    <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader);

    /**
     * As {@link #exchange(TransportRequest, ResponseReader)}, and tells when the peer may have seen the request: what ends
     * before that has done nothing. A transport that does not know better tells at subscribe.
     *
     * @param request what to send
     * @param reader turns head and body into items; called once per subscribe, on the connection's event loop
     * @param sending run once per subscribe, before the first byte of the request leaves; must not block or throw
     * @param <T> what the reader emits
     * @return as {@link #exchange(TransportRequest, ResponseReader)}
     */
    default <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader, Runnable sending) {
        return Flux.defer(() -> {
            sending.run();
            return exchange(request, reader);
        });
    }
}
