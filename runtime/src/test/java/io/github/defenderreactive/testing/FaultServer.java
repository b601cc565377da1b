package io.github.defenderreactive.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on the loopback that answers every request as a test says, byte by byte, and breaks where it says.
 *
 * <p>It writes raw bytes, so that a wrong length or a cut chunk is one line of a test. It counts what the socket took,
 * which with its small send buffer is close to what the client took.
 */
public final class FaultServer implements AutoCloseable {

    /** Fixed, because on the loopback the kernel would let it grow to 4 MB and hide what the client read. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    /** Fixed for the same reason: what the client sent ahead of a server that does not read. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    private static final int MAX_REQUEST_BYTES = 64 * 1024 * 1024;

    // Deprecated in Netty 4.2, and the only one that 4.1 has.
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final Queue<Answer> queued = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong acceptedBytes = new AtomicLong();
    private final @Nullable X509Bundle identity;
    private final Channel channel;
    private final Queue<Channel> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean holding;
    private volatile @Nullable Answer early;
    private volatile @Nullable String greeting;
    private final Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
    private volatile Function<Request, Answer> answers = request -> Answer.status(404);

    /**
     * A request that arrived.
     *
     * @param method its method
     * @param uri path and query as received
     * @param headers its headers, to be looked up in any case
     * @param body its body as text
     * @param bytes its body
     * @param connection number of the connection, from 1
     */
    public record Request(
            String method, String uri, Map<String, String> headers, String body, byte[] bytes, int connection) {}

    private FaultServer(@Nullable String tlsName, boolean mute) throws Exception {
        this.identity = tlsName == null ? null : certificate(tlsName);
        SslContext context = identity == null
                ? null
                : SslContextBuilder.forServer(identity.getKeyPair().getPrivate(), identity.getCertificate())
                        .build();
        this.channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        int number = connections.incrementAndGet();
                        open.incrementAndGet();
                        client.closeFuture().addListener(closed -> open.decrementAndGet());
                        if (mute) {
                            return;
                        }
                        accepted.add(client);
                        if (context != null) {
                            client.pipeline().addLast(context.newHandler(client.alloc()));
                        }
                        client.pipeline()
                                .addLast(
                                        new HttpRequestDecoder(),
                                        new Gate(),
                                        new HttpObjectAggregator(MAX_REQUEST_BYTES),
                                        new Conversation(number));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static X509Bundle certificate(String name) throws Exception {
        CertificateBuilder builder = new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .addSanDnsName(name);
        if (name.equals("localhost")) {
            builder.addSanIpAddress("127.0.0.1").addSanIpAddress("::1");
        }
        return builder.buildSelfSigned();
    }

    /** A server that speaks plain HTTP. */
    public static FaultServer start() {
        try {
            return new FaultServer(null, false);
        } catch (Exception e) {
            throw new IllegalStateException("The fault server could not be started", e);
        }
    }

    /** A server that speaks TLS with a certificate of its own for {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
    public static FaultServer startTls() throws Exception {
        return startTls("localhost");
    }

    /** A server that speaks TLS with a certificate of its own for another name. */
    public static FaultServer startTls(String name) throws Exception {
        return new FaultServer(name, false);
    }

    /** A server that accepts connections and never says anything. */
    public static FaultServer startMute() throws Exception {
        return new FaultServer(null, true);
    }

    /** Answers every request this way, unless answers are queued. */
    public FaultServer answer(Function<Request, Answer> each) {
        this.answers = each;
        return this;
    }

    /** Answers every request this way, unless answers are queued. */
    public FaultServer answer(Answer always) {
        return answer(request -> always);
    }

    /** Answers the next requests this way. */
    public FaultServer enqueue(Answer... next) {
        queued.addAll(Arrays.asList(next));
        return this;
    }

    /** From now on the head of a request is read and nothing behind it, until {@link #release()}. */
    public FaultServer hold() {
        holding = true;
        return this;
    }

    /** Connections that wait behind the head of a request. */
    public int held() {
        return waiting.size();
    }

    /** Answers the next request when its head is there, and reads its body no further. */
    public FaultServer answerHead(Answer answer) {
        early = answer;
        return this;
    }

    /** Sends these bytes on every connection that is accepted from now on, before any request. */
    public FaultServer greet(String bytes) {
        greeting = bytes;
        return this;
    }

    /** Sends bytes that no request caused on every connection that is open; returns when the sockets have taken them. */
    public void say(String bytes) {
        for (Channel client : accepted) {
            client.writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1))
                    .awaitUninterruptibly();
        }
    }

    /** Reads on where {@link #hold()} stopped. */
    public void release() {
        holding = false;
        for (Channel channel = waiting.poll(); channel != null; channel = waiting.poll()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Where to send to. */
    public URI uri(String pathAndQuery) {
        return URI.create((identity == null ? "http" : "https") + "://localhost:" + port() + pathAndQuery);
    }

    /** The port it listens at. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** The certificate to trust. */
    public X509Certificate certificate() {
        if (identity == null) {
            throw new IllegalStateException("Plain HTTP has no certificate");
        }
        return identity.getCertificate();
    }

    /** The certificate to trust, as PEM. */
    public String certificatePem() {
        if (identity == null) {
            throw new IllegalStateException("Plain HTTP has no certificate");
        }
        return identity.getCertificatePEM();
    }

    /** The journal. */
    public List<Request> requests() {
        return requests;
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that are open now. */
    public int openConnections() {
        return open.get();
    }

    /** Bytes of bodies that the sockets took. */
    public long acceptedBytes() {
        return acceptedBytes.get();
    }

    @Override
    public void close() {
        channel.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Stops reading behind the head of a request while the server holds. */
    private final class Gate extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Answer answer = early;
            if (message instanceof HttpRequest && (holding || answer != null)) {
                context.channel().config().setAutoRead(false);
                if (answer == null) {
                    waiting.add(context.channel());
                } else {
                    early = null;
                    context.pipeline().get(Conversation.class).answer(context, answer);
                }
            }
            context.fireChannelRead(message);
        }

        /** What collects the body asks for more by itself. */
        @Override
        public void read(ChannelHandlerContext context) {
            if (context.channel().config().isAutoRead()) {
                context.read();
            }
        }
    }

    /** One connection. */
    private final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final int number;

        Conversation(int number) {
            this.number = number;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) throws Exception {
            String bytes = greeting;
            if (bytes != null && identity == null) {
                context.writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
            }
            super.channelActive(context);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
            if (message.decoderResult().isFailure()) {
                return;
            }
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            message.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
            Request request = new Request(
                    message.method().name(),
                    message.uri(),
                    headers,
                    message.content().toString(StandardCharsets.UTF_8),
                    ByteBufUtil.getBytes(message.content()),
                    number);
            keepSecrets(request);
            requests.add(request);
            Answer next = queued.poll();
            Answer answer = next == null ? answers.apply(request) : next;
            SecretGuard.keepJson(answer.bodyText());
            answer(context, answer);
        }

        private void keepSecrets(Request request) {
            SecretGuard.keepForm(request.body());
            for (String name : List.of("Authorization", "X-IDENTITY-HEADER")) {
                String value = request.headers().get(name);
                if (value != null) {
                    SecretGuard.keepHeader(value);
                }
            }
        }

        private void answer(ChannelHandlerContext context, Answer answer) {
            context.writeAndFlush(Unpooled.wrappedBuffer(answer.head()));
            write(context, answer, answer.pieces());
        }

        private void write(ChannelHandlerContext context, Answer answer, Answer.Pieces pieces) {
            byte[] piece = pieces.next();
            if (piece.length == 0) {
                end(context, answer.ending);
                return;
            }
            context.writeAndFlush(Unpooled.wrappedBuffer(piece)).addListener(written -> {
                if (!written.isSuccess()) {
                    return;
                }
                acceptedBytes.addAndGet(piece.length);
                context.executor()
                        .schedule(() -> write(context, answer, pieces), answer.pause.toNanos(), TimeUnit.NANOSECONDS);
            });
        }

        private void end(ChannelHandlerContext context, Answer.Ending ending) {
            SocketChannel socket = (SocketChannel) context.channel();
            switch (ending) {
                case KEEP, STALL -> {}
                // behind everything written
                case CLOSE -> context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                case RESET ->
                    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
                        socket.config().setSoLinger(0);
                        socket.close();
                    });
                case HALF_CLOSE ->
                    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> socket.shutdownOutput());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            String bytes = greeting;
            if (bytes != null && event == SslHandshakeCompletionEvent.SUCCESS) {
                context.writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
            }
            // the client closed its side: nothing more to talk about
            if (event instanceof io.netty.channel.socket.ChannelInputShutdownEvent) {
                context.close();
            }
        }
    }
}
