package io.github.defenderreactive.runtime.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.ConnectionProvider.ConnectionMetadata;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.netty.transport.ProxyProvider;

/** The connection pools of a transport, one for each lane. */
final class Lanes {

    /** Variance that prevents connections established at the same time from being closed at the same time. */
    private static final double LIFETIME_VARIANCE = 0.1;

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final TransportOptions options;
    private final ConnectionProvider interactivePool;
    private final ConnectionProvider bulkPool;
    private final Clients interactive;
    private final Clients bulk;

    /** The HTTP clients over one connection pool. */
    private record Clients(
            HttpClient plain, HttpClient secure, @Nullable HttpClient tunnelled) {}

    private Lanes(
            TransportOptions options, GenericSslContextSpec<SslContextBuilder> tls, @Nullable LoopResources loops) {
        this.options = options;
        this.interactivePool = pool("defender-interactive", options.interactiveConnections(), options);
        this.bulkPool = pool("defender-bulk", options.bulkConnections(), options);
        this.interactive = clients(interactivePool, options, tls, loops);
        this.bulk = clients(bulkPool, options, tls, loops);
    }

    /**
     * Creates lanes.
     *
     * @param loops the event loops, or null for those of Reactor Netty
     */
    static Lanes create(TransportOptions options, @Nullable LoopResources loops) {
        return new Lanes(options, tls(options), loops);
    }

    static boolean isSecure(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    HttpClient client(TransportRequest request) {
        Clients clients = switch (request.lane()) {
            case INTERACTIVE -> interactive;
            case BULK -> bulk;
        };
        if (!isSecure(request.uri())) {
            return clients.plain();
        }
        HttpClient tunnelled = clients.tunnelled();
        return tunnelled == null || options.proxyFor(request.uri()) == null ? clients.secure() : tunnelled;
    }

    Mono<Void> disposeLater() {
        return Mono.when(interactivePool.disposeLater(), bulkPool.disposeLater());
    }

    private static ConnectionProvider pool(String name, int connections, TransportOptions options) {
        return ConnectionProvider.builder(name)
                .maxConnections(connections)
                .pendingAcquireMaxCount(options.maxPending())
                .pendingAcquireTimeout(options.acquireTimeout())
                .evictionPredicate((connection, times) -> isSpent(connection, times, options))
                .evictInBackground(options.evictionInterval())
                .lifo()
                .build();
    }

    private static boolean isSpent(Connection connection, ConnectionMetadata times, TransportOptions options) {
        return !connection.channel().isActive()
                || !connection.isPersistent()
                || times.idleTime() >= options.idleTimeout().toMillis()
                || times.lifeTime() >= lifetime(connection.channel(), options.maxLifetime());
    }

    private static long lifetime(Channel channel, Duration most) {
        double place = (channel.id().hashCode() & 0xffff) / (double) 0xffff;
        return (long) (most.toMillis() * (1 + LIFETIME_VARIANCE * (2 * place - 1)));
    }

    private static Clients clients(
            ConnectionProvider pool,
            TransportOptions options,
            GenericSslContextSpec<SslContextBuilder> tls,
            @Nullable LoopResources loops) {
        HttpClient shared = client(pool, options);
        HttpClient plain = loops == null ? shared : shared.runOn(loops);
        HttpClient secure = plain.secure(spec -> spec.sslContext(tls).handshakeTimeout(options.tlsTimeout()));
        HttpProxy proxy = options.proxy();
        return new Clients(
                // the default resolver runs on event loops of its own
                loops == null ? plain : resolving(plain, options),
                resolving(secure, options),
                proxy == null ? null : through(proxy, secure, options));
    }

    private static HttpClient resolving(HttpClient client, TransportOptions options) {
        return client.resolver(spec -> spec.queryTimeout(options.connectTimeout()));
    }

    private static HttpClient client(ConnectionProvider pool, TransportOptions options) {
        HttpClient client = HttpClient.create(pool)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .httpMessageLogFactory(RedactedHttpMessageLog.INSTANCE)
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP))
                .doOnChannelInit((observer, channel, address) -> prepare(channel, options))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(options.connectTimeout().toMillis()));
        return options.receiveBufferBytes() == TransportOptions.SYSTEM_RECEIVE_BUFFER
                ? client
                : client.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
    }

    /** Replaces the codec that Reactor Netty has just added by {@link ExchangeCodec}. */
    private static void prepare(Channel channel, TransportOptions options) {
        // a single read per unit of demand; the default is up to sixteen
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(options.readBytes()).maxMessagesPerRead(1));
        ChannelPipeline pipeline = channel.pipeline();
        // the default chunk size would split a read into buffers of 8 KiB, each a unit of demand
        ExchangeCodec codec = new ExchangeCodec(
                new HttpDecoderConfig().setMaxChunkSize(options.readBytes()).setMaxHeaderSize(MAX_HEADER_BYTES));
        pipeline.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
        pipeline.addAfter(NettyPipeline.HttpCodec, null, new ConnectionLoss(codec));
        if (pipeline.get(NettyPipeline.ProxyHandler) != null) {
            pipeline.addBefore(NettyPipeline.ProxyHandler, null, new InterimTunnelResponses());
        }
    }

    private static HttpClient through(HttpProxy proxy, HttpClient client, TransportOptions options) {
        // the proxy resolves names
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
        TrustManagerFactory trust = TrustAnchors.jdkAnd(options.trustedCertificates());
        return spec.configure((SslContextBuilder builder) -> builder.trustManager(trust));
    }
}
