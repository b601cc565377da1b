package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.github.defenderreactive.runtime.error.TimeoutException.Phase;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/** Names what went wrong on the wire, for people and for retry. */
final class Failures {

    /** A pooled connection that the peer had closed just before: nothing went out. */
    private static final @Nullable String CLOSED_BEFORE_SEND =
            AbortedException.beforeSend().getMessage();

    private Failures() {}

    /**
     * The error to signal for one of Netty or Reactor Netty.
     *
     * @param error what was thrown
     * @param peer host and port
     * @param options the limits that applied
     * @param sent whether sending had begun
     */
    static DefenderException of(Throwable error, String peer, TransportOptions options, boolean sent) {
        if (error instanceof DefenderException own) {
            return own;
        }
        if (!sent || closedBeforeSending(error)) {
            DefenderException timeout = timeoutBeforeSending(error, options);
            return timeout != null ? timeout : connection(beforeSending(error, peer), false, error);
        }
        return connection("The connection to " + peer + " broke off: " + reason(error), true, error);
    }

    private static boolean closedBeforeSending(Throwable error) {
        return error instanceof AbortedException && Objects.equals(error.getMessage(), CLOSED_BEFORE_SEND);
    }

    private static @Nullable DefenderException timeoutBeforeSending(Throwable error, TransportOptions options) {
        if (find(error, ConnectTimeoutException.class) != null
                || find(error, DnsNameResolverTimeoutException.class) != null) {
            return timeout(Phase.CONNECT, options.connectTimeout());
        }
        if (find(error, SslHandshakeTimeoutException.class) != null) {
            return timeout(Phase.TLS, options.tlsTimeout());
        }
        if (error instanceof ProxyConnectException proxy
                && String.valueOf(proxy.getMessage()).contains("timeout")) {
            return timeout(Phase.CONNECT, options.connectTimeout());
        }
        // the pool's own timeout is a subclass; nothing else before sending throws it
        if (error instanceof java.util.concurrent.TimeoutException) {
            return timeout(Phase.ACQUIRE, options.acquireTimeout());
        }
        return null;
    }

    private static String beforeSending(Throwable error, String peer) {
        ProxyConnectException proxy = find(error, ProxyConnectException.class);
        if (proxy != null) {
            return "The proxy opens no tunnel to " + peer + ": " + reason(proxy);
        }
        if (find(error, UnknownHostException.class) != null) {
            return "The host of " + peer + " is not known: check its name, DNS and the proxy setting";
        }
        if (find(error, SSLException.class) != null) {
            return "TLS with " + peer + " failed: " + reason(error)
                    + "; if its certificate comes from a private authority, trust that authority";
        }
        return "No connection to " + peer + ": " + reason(error);
    }

    private static String reason(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static ConnectionException connection(String text, boolean sent, Throwable cause) {
        return new ConnectionException(text, sent, ErrorContext.NONE, cause);
    }

    private static TimeoutException timeout(Phase phase, Duration limit) {
        return new TimeoutException(phase, limit, ErrorContext.NONE);
    }

    private static <E extends Throwable> @Nullable E find(Throwable error, Class<E> type) {
        int depth = 0;
        for (Throwable at = error; at != null && depth < 8; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
