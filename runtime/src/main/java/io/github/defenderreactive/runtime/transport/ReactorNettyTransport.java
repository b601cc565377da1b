package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.operation.Lane;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * {@link Transport} based on Reactor Netty: HTTP/1.1 with two connection pools.
 *
 * <p>{@link Lane#INTERACTIVE} and {@link Lane#BULK} use separate connections, so stalled streams cannot starve a small
 * call. Create another instance for the authority, so that an unresponsive service cannot starve token requests.
 *
 * <p>Requests are not retried and redirects are not followed. {@code https} is allowed to any host, plain {@code http}
 * only to the loopback and to the {@linkplain TransportOptions#plainHttpHost() configured host}; another URI fails with
 * {@link IllegalArgumentException}. Only {@code gzip} is offered; {@code gzip} and both forms of {@code deflate} are
 * decoded, and {@code Content-Encoding} and {@code Content-Length} of the head describe the coded bytes. A request with
 * its own {@code Accept-Encoding} gets the body undecoded. Items are emitted on the event loop of the connection, which
 * must not be blocked.
 *
 * <p>Interim responses (1xx) are skipped. If it is not certain that a response is the one to its request, for example
 * because of unexpected bytes, the exchange fails with {@link ConnectionException} and its connection is closed.
 *
 * <p>Thread-safe. The creator must close it with {@link #closeLater()}, {@link #closeNow()} or {@link #dispose()}.
 *
 * @since 0.1.0
 */
public final class ReactorNettyTransport implements Transport, Disposable {

    private final TransportOptions options;
    private final Lanes lanes;
    private final OpenExchanges exchanges;
    private final boolean owner;

    private ReactorNettyTransport(TransportOptions options, Lanes lanes, OpenExchanges exchanges, boolean owner) {
        this.options = options;
        this.lanes = lanes;
        this.exchanges = exchanges;
        this.owner = owner;
    }

    /**
     * Returns a transport with the default options.
     *
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create() {
        return create(TransportOptions.defaults());
    }

    /**
     * Returns a transport.
     *
     * @param options the options
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create(TransportOptions options) {
        Objects.requireNonNull(options, "options");
        return new ReactorNettyTransport(options, Lanes.create(options, null), new OpenExchanges(null), true);
    }

    /**
     * Returns a transport with connections on given event loops, for an application that runs event loops already.
     *
     * @param options how it connects, waits and buffers
     * @param loops the event loops; their owner disposes them, after the transport
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create(TransportOptions options, LoopResources loops) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(loops, "loops");
        return new ReactorNettyTransport(options, Lanes.create(options, loops), new OpenExchanges(null), true);
    }

    /**
     * Returns a transport that shares the connections and can be closed independently. Closing it ends its exchanges
     * and leaves the connections open; closing this transport closes it as well.
     *
     * @return a transport that shares the connections of this one
     */
    public ReactorNettyTransport share() {
        return new ReactorNettyTransport(options, lanes, new OpenExchanges(exchanges), false);
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return exchange(request, reader, () -> {});
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader, Runnable sending) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(sending, "sending");
        return Flux.defer(() -> {
            IllegalArgumentException refused = refuse(request);
            if (refused != null) {
                return Flux.error(refused);
            }
            Exchange<T> exchange = new Exchange<>(request, reader, sending, options);
            Flux<T> run = exchanges.add(exchange)
                    ? exchange.run(lanes.client(request))
                    : Flux.error(new ClientClosedException(false, ErrorContext.NONE));
            return run.doFinally(signal -> exchanges.remove(exchange));
        });
    }

    /** Returns the error of a request that must not be sent, or null if it may be sent. */
    private @Nullable IllegalArgumentException refuse(TransportRequest request) {
        URI uri = request.uri();
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            return new IllegalArgumentException("Request URI must have a host and must not have user information");
        }
        if (!Lanes.isSecure(uri) && !("http".equalsIgnoreCase(uri.getScheme()) && mayBePlain(host))) {
            return new IllegalArgumentException("Request URI must be https, or http to the loopback, was "
                    + uri.getScheme() + "://" + uri.getRawAuthority());
        }
        DefaultHttpHeaders trial = new DefaultHttpHeaders();
        for (var header : request.headers().entrySet()) {
            try {
                trial.set(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // without the cause, because its message may quote the value, which may be a token
                return new IllegalArgumentException("Header " + header.getKey()
                        + " is not valid in HTTP: remove line breaks and control characters");
            }
        }
        return null;
    }

    private boolean mayBePlain(String host) {
        return LoopbackHost.matches(host) || host.equalsIgnoreCase(options.plainHttpHost());
    }

    /**
     * Closes the connections. Later exchanges fail with {@link ClientClosedException}; those in progress complete
     * normally.
     *
     * @return closes at subscribe; completes when the pools are closed, without waiting for the exchanges in progress.
     *     Further subscribes have no effect
     */
    public Mono<Void> closeLater() {
        return Mono.defer(() -> {
            exchanges.close();
            return owner ? lanes.disposeLater() : Mono.empty();
        });
    }

    /**
     * Closes the connections and ends the exchanges in progress. These and later exchanges fail with
     * {@link ClientClosedException}.
     *
     * @return closes at subscribe; completes when the exchanges have ended and the pools are closed. Further subscribes
     *     have no effect
     */
    public Mono<Void> closeNow() {
        return Mono.defer(() -> {
            Mono<Void> ended = exchanges.abort();
            return owner ? Mono.when(ended, lanes.disposeLater()) : ended;
        });
    }

    /** Closes as {@link #closeNow()} does, without waiting for completion. */
    @Override
    public void dispose() {
        closeNow().subscribe();
    }

    @Override
    public boolean isDisposed() {
        return exchanges.isClosed();
    }
}
