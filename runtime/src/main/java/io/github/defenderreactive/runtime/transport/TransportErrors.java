package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.CallTimeoutException.Phase;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ConnectionSetupException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/** Maps errors of Netty and Reactor Netty to {@link DefenderException}s. */
final class TransportErrors {

    /** Message for a pooled connection that the peer had closed before the request was sent. */
    private static final @Nullable String CLOSED_BEFORE_SEND =
            AbortedException.beforeSend().getMessage();

    /** The end of Netty's message for a proxy that did not respond in time. */
    private static final String PROXY_TIMEOUT = ", timeout";

    /** The status in Netty's message for a proxy that responded. */
    private static final Pattern PROXY_STATUS = Pattern.compile(", status: (\\d{3})\\b");

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private TransportErrors() {}

    /**
     * Returns the error to signal for an exception of Netty or Reactor Netty.
     *
     * @param error the exception
     * @param request the request
     * @param options the options of the transport
     * @param sent whether sending had begun
     */
    static DefenderException of(Throwable error, TransportRequest request, TransportOptions options, boolean sent) {
        if (error instanceof DefenderException own) {
            return own;
        }
        // A library quotes the peer, and the peer may quote the request.
        Redaction redaction = Redaction.of(request).and(Redaction.of(options.proxy()));
        String peer = request.uri().getRawAuthority();
        if (!sent || closedBeforeSending(error)) {
            DefenderException timeout = timeoutBeforeSending(error, options);
            return timeout != null ? timeout : beforeSending(error, peer, options, redaction);
        }
        return connection(
                "Connection to " + peer + " was closed prematurely: " + reason(error, redaction),
                true,
                redaction.cause(error));
    }

    /**
     * Returns the error of an exchange whose response may not be its own.
     *
     * @param doubt the reason
     * @param peer host and port
     * @param sent whether sending had begun
     */
    static ConnectionException inDoubt(String doubt, String peer, boolean sent) {
        return new ConnectionException(
                "Connection to " + peer + " was closed because " + doubt, sent, true, ErrorContext.NONE, null);
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
        ProxyConnectException proxy = find(error, ProxyConnectException.class);
        if (proxy != null && String.valueOf(proxy.getMessage()).endsWith(PROXY_TIMEOUT)) {
            return timeout(Phase.CONNECT, options.connectTimeout());
        }
        // the timeout of the pool is a subclass, which is not thrown for other reasons before sending
        if (error instanceof java.util.concurrent.TimeoutException) {
            return timeout(Phase.ACQUIRE, options.acquireTimeout());
        }
        return null;
    }

    private static DefenderException beforeSending(
            Throwable error, String peer, TransportOptions options, Redaction redaction) {
        ProxyConnectException refusal = find(error, ProxyConnectException.class);
        if (refusal != null) {
            return ofProxy(refusal, peer, options.proxy());
        }
        if (find(error, UnknownHostException.class) != null) {
            return connection(
                    "Unknown host " + peer + ": check the name, DNS and the proxy settings",
                    false,
                    redaction.cause(error));
        }
        if (find(error, CertificateException.class) != null || find(error, CertPathValidatorException.class) != null) {
            return new ConnectionSetupException(tls(error, peer, redaction), ErrorContext.NONE, redaction.cause(error));
        }
        return connection(
                find(error, SSLException.class) != null
                        ? tls(error, peer, redaction)
                        : "Could not connect to " + peer + ": " + reason(error, redaction),
                false,
                redaction.cause(error));
    }

    private static String tls(Throwable error, String peer, Redaction redaction) {
        return "TLS handshake with " + peer + " failed: " + reason(error, redaction)
                + "; if its certificate was issued by a private authority, trust that authority";
    }

    /**
     * Returns the error of a proxy, without the text of the proxy, which may quote the credentials, and without the
     * exception, which quotes that text.
     */
    private static DefenderException ofProxy(ProxyConnectException refusal, String peer, @Nullable HttpProxy proxy) {
        String text = "Proxy" + (proxy == null ? "" : " " + proxy.host() + ":" + proxy.port())
                + " did not open a tunnel to " + peer;
        Matcher status = PROXY_STATUS.matcher(String.valueOf(refusal.getMessage()));
        if (!status.find()) {
            return connection(text + ": it closed the connection or does not support HTTP", false, null);
        }
        int code = Integer.parseInt(status.group(1));
        text += ": it responded with status " + code;
        if (code == PROXY_AUTHENTICATION_REQUIRED) {
            boolean given = proxy != null && proxy.user() != null;
            return new ConnectionSetupException(
                    text + (given ? "; check its user and password" : "; it requires a user and a password"),
                    ErrorContext.NONE,
                    null);
        }
        return code >= 400 && code < 500 && code != REQUEST_TIMEOUT && code != TOO_MANY_REQUESTS
                ? new ConnectionSetupException(text + "; check whether it allows this host", ErrorContext.NONE, null)
                : connection(text, false, null);
    }

    private static String reason(Throwable error, Redaction redaction) {
        String message = redaction.words(error.getMessage());
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static ConnectionException connection(String text, boolean sent, @Nullable Throwable cause) {
        return new ConnectionException(text, sent, ErrorContext.NONE, cause);
    }

    private static CallTimeoutException timeout(Phase phase, Duration limit) {
        return new CallTimeoutException(phase, limit, ErrorContext.NONE);
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
