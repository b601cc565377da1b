package io.github.defenderreactive.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * Prevents connections of Reactor Netty to other machines, and fails the test that tries. The response at the address of a metadata
 * service, for example, differs from computer to computer.
 */
public final class LoopbackOnly {

    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final ConcurrentLinkedQueue<String> TRIED = new ConcurrentLinkedQueue<>();

    private LoopbackOnly() {}

    /** Watches from now on. */
    public static void install() {
        if (INSTALLED.compareAndSet(false, true)) {
            HttpResources.set(new GuardedLoops(LoopResources.create("reactor-http")));
        }
    }

    /**
     * Fails if somebody tried to connect elsewhere since the last check.
     *
     * @throws AssertionError with each address
     */
    public static void check() {
        List<String> tried = collect();
        if (!tried.isEmpty()) {
            throw new AssertionError("Tests reach the loopback only, and not " + tried);
        }
    }

    /** Takes the addresses that were tried up to now. */
    static List<String> collect() {
        List<String> taken = new ArrayList<>();
        for (String address = TRIED.poll(); address != null; address = TRIED.poll()) {
            taken.add(address);
        }
        return taken;
    }

    private static boolean isElsewhere(SocketAddress address) {
        if (!(address instanceof InetSocketAddress socket)) {
            return false;
        }
        InetAddress host = socket.getAddress();
        return host != null && !host.isLoopbackAddress() && !host.isAnyLocalAddress();
    }

    private static final class Guard extends ChannelOutboundHandlerAdapter {

        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            if (isElsewhere(remote)) {
                TRIED.add(remote.toString());
                promise.tryFailure(new ConnectException("Tests reach the loopback only, and not " + remote));
            } else {
                context.connect(remote, local, promise);
            }
        }
    }

    /** The event loops as they are, and a guard in each channel. */
    private record GuardedLoops(LoopResources loops) implements LoopResources {

        @Override
        public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
            C channel = loops.onChannel(type, group);
            channel.pipeline().addFirst(new Guard());
            return channel;
        }

        @Override
        public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
            return loops.onChannelClass(type, group);
        }

        @Override
        public EventLoopGroup onClient(boolean useNative) {
            return loops.onClient(useNative);
        }

        @Override
        public EventLoopGroup onServer(boolean useNative) {
            return loops.onServer(useNative);
        }

        @Override
        public EventLoopGroup onServerSelect(boolean useNative) {
            return loops.onServerSelect(useNative);
        }

        @Override
        public boolean daemon() {
            return loops.daemon();
        }

        @Override
        public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
            return loops.disposeLater(quietPeriod, timeout);
        }

        @Override
        public boolean isDisposed() {
            return loops.isDisposed();
        }
    }
}
