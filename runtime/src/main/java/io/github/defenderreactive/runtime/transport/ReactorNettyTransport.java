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

/**
 * The {@link Transport} over Reactor Netty: HTTP/1.1, two connection pools of its own.
 *
 * <p>{@link Lane#INTERACTIVE} and {@link Lane#BULK} use separate connections, so streams that nobody reads from cannot
 * starve a small call. Create another instance for the authority, so that a stuck service cannot starve the token request
 * either.
 *
 * <p>Nothing is repeated and no redirect is followed. {@code https} goes to any host, plain {@code http} only to the
 * loopback and the one host the options name; another URI ends in {@link IllegalArgumentException}. Only {@code gzip} is
 * offered; {@code gzip} and both forms of {@code deflate} are decoded, and {@code Content-Encoding} and
 * {@code Content-Length} of the head describe the bytes as they came. A request that carries an {@code Accept-Encoding} of
 * its own gets the body as it came. Items are emitted on the connection's event loop, which must not be blocked.
 *
 * <p>Interim responses (1xx) are skipped. When it is not certain that a response belongs to its request, because bytes
 * came too early or too many came for example, the exchange ends in
 * {@link ConnectionException} and its connection is closed.
 *
 * <p>Thread-safe. Whoever creates it closes it, with {@link #closeLater()}, {@link #closeNow()} or {@link #dispose()}.
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
     * A transport with the default options.
     *
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create() {
        return create(TransportOptions.defaults());
    }

    /**
     * A transport.
     *
     * @param options how it connects, waits and buffers
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create(TransportOptions options) {
        Objects.requireNonNull(options, "options");
        return new ReactorNettyTransport(options, Lanes.create(options), new OpenExchanges(null), true);
    }

    /**
     * Returns a transport over the same connections that can be closed alone. Closing it ends its own exchanges and leaves
     * the connections open; closing this transport closes it too.
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

    /** A request that must not go out, or null when it may. */
    private @Nullable IllegalArgumentException refuse(TransportRequest request) {
        URI uri = request.uri();
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            return new IllegalArgumentException("A URI to send to needs a host and no user information");
        }
        if (!Lanes.isSecure(uri) && !("http".equalsIgnoreCase(uri.getScheme()) && mayBePlain(host))) {
            return new IllegalArgumentException("Only https, or http to the loopback, may be sent to; not "
                    + uri.getScheme() + "://" + uri.getRawAuthority());
        }
        DefaultHttpHeaders trial = new DefaultHttpHeaders();
        for (var header : request.headers().entrySet()) {
            try {
                trial.set(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // without the cause: its text may quote the value, which may be a token
                return new IllegalArgumentException("HTTP does not allow the header " + header.getKey()
                        + " as it is: check for line breaks and control characters");
            }
        }
        return null;
    }

    private boolean mayBePlain(String host) {
        return LoopbackHost.matches(host) || host.equalsIgnoreCase(options.plainHttpHost());
    }

    /**
     * Closes the connections. Later exchanges end in {@link ClientClosedException}; those in progress run to their end.
     *
     * @return completes when the pools are closed, without waiting for the exchanges in progress; closes at each subscribe,
     *     the second time without effect
     */
    public Mono<Void> closeLater() {
        return Mono.defer(() -> {
            exchanges.close();
            return owner ? lanes.disposeLater() : Mono.empty();
        });
    }

    /**
     * Closes the connections and ends the exchanges in progress. These, and later ones, end in
     * {@link ClientClosedException}.
     *
     * @return completes when the exchanges have ended and the pools are closed; closes at each subscribe, the second time
     *     without effect
     */
    public Mono<Void> closeNow() {
        return Mono.defer(() -> {
            Mono<Void> ended = exchanges.cut();
            return owner ? Mono.when(ended, lanes.disposeLater()) : ended;
        });
    }

    /** Closes as {@link #closeNow()} does, without waiting for it. */
    @Override
    public void dispose() {
        closeNow().subscribe();
    }

    @Override
    public boolean isDisposed() {
        return exchanges.isClosed();
    }
}
