package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.netty.transport.ProxyProvider;

/**
 * The {@link Transport} over Reactor Netty: HTTP/1.1, two connection pools of its own.
 *
 * <p>{@link Lane#INTERACTIVE} and {@link Lane#BULK} use separate connections, so streams that nobody reads from cannot
 * starve a small call. Create another instance for the authority, so that a stuck service cannot starve the token request
 * either.
 *
 * <p>Nothing is repeated and no redirect is followed. {@code https} goes to any host, plain {@code http} only to the
 * loopback and the one host the options name; another URI ends in {@link IllegalArgumentException}. Only {@code gzip} is offered; {@code gzip} and both forms
 * of {@code deflate} are understood, and {@code Content-Encoding} and {@code Content-Length} of the head describe the bytes
 * as they came. Items are emitted on the connection's event loop, which must not be blocked.
 *
 * <p>Thread-safe. Whoever creates it closes it, with {@link #closeLater()} or {@link #dispose()}.
 *
 * @since 0.1.0
 */
public final class ReactorNettyTransport implements Transport, Disposable {

    private static final double LIFETIME_VARIANCE_PERCENT = 10;
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final TransportOptions options;
    private final ConnectionProvider interactive;
    private final ConnectionProvider bulk;
    private final HttpClient interactiveSecure;
    private final HttpClient bulkSecure;
    private final HttpClient interactivePlain;
    private final HttpClient bulkPlain;

    /** Reactor Netty's pools would open anew. */
    private volatile boolean closed;

    private ReactorNettyTransport(TransportOptions options) {
        this.options = options;
        this.interactive = pool("defender-interactive", options.interactiveConnections(), options);
        this.bulk = pool("defender-bulk", options.bulkConnections(), options);
        this.interactivePlain = client(interactive, options);
        this.bulkPlain = client(bulk, options);
        GenericSslContextSpec<SslContextBuilder> tls = tls(options);
        this.interactiveSecure = secure(interactivePlain, tls, options);
        this.bulkSecure = secure(bulkPlain, tls, options);
    }

    /**
     * A transport with the default options.
     *
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create() {
        return new ReactorNettyTransport(TransportOptions.defaults());
    }

    /**
     * A transport.
     *
     * @param options how it connects, waits and buffers
     * @return a new transport, to be closed by the caller
     */
    public static ReactorNettyTransport create(TransportOptions options) {
        return new ReactorNettyTransport(Objects.requireNonNull(options, "options"));
    }

    private static ConnectionProvider pool(String name, int connections, TransportOptions options) {
        return ConnectionProvider.builder(name)
                .maxConnections(connections)
                .pendingAcquireMaxCount(options.maxPending())
                .pendingAcquireTimeout(options.acquireTimeout())
                .maxIdleTime(options.idleTimeout())
                .maxLifeTime(options.maxLifetime())
                .maxLifeTimeVariance(LIFETIME_VARIANCE_PERCENT)
                .evictInBackground(options.evictionInterval())
                .lifo()
                .build();
    }

    @SuppressWarnings("deprecation") // without maxChunkSize a read is cut into pieces of 8 KiB, each a unit of demand
    private static HttpClient client(ConnectionProvider pool, TransportOptions options) {
        HttpClient client = HttpClient.create(pool)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .httpMessageLogFactory(HiddenMessages.INSTANCE)
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP))
                .httpResponseDecoder(
                        spec -> spec.maxChunkSize(options.readBytes()).maxHeaderSize(MAX_HEADER_BYTES))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(options.connectTimeout().toMillis()))
                // one read at a time, or one unit of demand would take up to sixteen
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(options.readBytes()).maxMessagesPerRead(1));
        return options.receiveBufferBytes() == TransportOptions.RECEIVE_BUFFER_OF_SYSTEM
                ? client
                : client.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
    }

    private static HttpClient secure(
            HttpClient plain, GenericSslContextSpec<SslContextBuilder> tls, TransportOptions options) {
        HttpClient client = plain.secure(spec -> spec.sslContext(tls).handshakeTimeout(options.tlsTimeout()));
        HttpProxy proxy = options.proxy();
        if (proxy == null) {
            return client.resolver(spec -> spec.queryTimeout(options.connectTimeout()));
        }
        // the proxy looks names up
        return client.proxy(spec -> {
            ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP)
                    .host(proxy.host())
                    .port(proxy.port())
                    .connectTimeoutMillis(options.connectTimeout().toMillis());
            String user = proxy.user();
            Supplier<String> password = proxy.password();
            if (user != null && password != null) {
                builder.username(user).password(name -> password.get());
            }
        });
    }

    private static GenericSslContextSpec<SslContextBuilder> tls(TransportOptions options) {
        Http11SslContextSpec spec = Http11SslContextSpec.forClient();
        if (options.trustedCertificates().isEmpty()) {
            return spec;
        }
        TrustManagerFactory trust = Trust.jdkAnd(options.trustedCertificates());
        return spec.configure((SslContextBuilder builder) -> builder.trustManager(trust));
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(reader, "reader");
        return Flux.defer(() -> {
            if (closed) {
                return Flux.error(new ConnectionException("The transport is closed", false, ErrorContext.NONE, null));
            }
            IllegalArgumentException refused = refuse(request);
            return refused != null
                    ? Flux.error(refused)
                    : new Exchange<>(request, reader, options).run(client(request));
        });
    }

    private HttpClient client(TransportRequest request) {
        boolean secure = secure(request.uri());
        return switch (request.lane()) {
            case INTERACTIVE -> secure ? interactiveSecure : interactivePlain;
            case BULK -> secure ? bulkSecure : bulkPlain;
        };
    }

    private static boolean secure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** A request that must not go out, or null when it may. */
    private @Nullable IllegalArgumentException refuse(TransportRequest request) {
        URI uri = request.uri();
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            return new IllegalArgumentException("A URI to send to needs a host and no user information");
        }
        if (!secure(uri) && !("http".equalsIgnoreCase(uri.getScheme()) && mayBePlain(host))) {
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
        return loopback(host) || host.equalsIgnoreCase(options.plainHttpHost());
    }

    /** By name only, because a lookup could be steered elsewhere. */
    private static boolean loopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /**
     * Closes both pools. Later exchanges end in {@link ConnectionException}; those in progress run to their end.
     *
     * @return completes when they are closed; closes at each subscribe, the second time without effect
     */
    public Mono<Void> closeLater() {
        return Mono.defer(() -> {
            closed = true;
            return Mono.when(interactive.disposeLater(), bulk.disposeLater());
        });
    }

    /** Closes both pools without waiting for it. */
    @Override
    public void dispose() {
        closed = true;
        interactive.dispose();
        bulk.dispose();
    }

    @Override
    public boolean isDisposed() {
        return closed;
    }
}
