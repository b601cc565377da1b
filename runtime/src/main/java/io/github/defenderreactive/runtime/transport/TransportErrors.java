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

/** Names what went wrong on the wire, for people and for retry. */
final class TransportErrors {

    /** A pooled connection that the peer had closed just before: nothing went out. */
    private static final @Nullable String CLOSED_BEFORE_SEND =
            AbortedException.beforeSend().getMessage();

    /** How Netty's message of a proxy ends that did not answer in time. */
    private static final String PROXY_TIMEOUT = ", timeout";

    /** How it tells the status of one that answered. */
    private static final Pattern PROXY_STATUS = Pattern.compile(", status: (\\d{3})\\b");

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private TransportErrors() {}

    /**
     * The error to signal for one of Netty or Reactor Netty.
     *
     * @param error what was thrown
     * @param request what was to be sent
     * @param options the limits that applied
     * @param sent whether sending had begun
     */
    static DefenderException of(Throwable error, TransportRequest request, TransportOptions options, boolean sent) {
        if (error instanceof DefenderException own) {
            return own;
        }
        // A library quotes the peer, and the peer may quote what it was sent.
        Redaction redaction = Redaction.of(request).and(Redaction.of(options.proxy()));
        String peer = request.uri().getRawAuthority();
        if (!sent || closedBeforeSending(error)) {
            DefenderException timeout = timeoutBeforeSending(error, options);
            return timeout != null ? timeout : beforeSending(error, peer, options, redaction);
        }
        return connection(
                "The connection to " + peer + " broke off: " + reason(error, redaction), true, redaction.cause(error));
    }

    /**
     * The error of an exchange whose response is not certain to be its own.
     *
     * @param doubt what happened
     * @param peer host and port
     * @param sent whether sending had begun
     */
    static ConnectionException inDoubt(String doubt, String peer, boolean sent) {
        return new ConnectionException(
                "The connection to " + peer + " was closed, because " + doubt, sent, true, ErrorContext.NONE, null);
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
        // the pool's own timeout is a subclass; nothing else before sending throws it
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
                    "The host of " + peer + " is not known: check its name, DNS and the proxy setting",
                    false,
                    redaction.cause(error));
        }
        if (find(error, CertificateException.class) != null || find(error, CertPathValidatorException.class) != null) {
            return new ConnectionSetupException(tls(error, peer, redaction), ErrorContext.NONE, redaction.cause(error));
        }
        return connection(
                find(error, SSLException.class) != null
                        ? tls(error, peer, redaction)
                        : "No connection to " + peer + ": " + reason(error, redaction),
                false,
                redaction.cause(error));
    }

    private static String tls(Throwable error, String peer, Redaction redaction) {
        return "TLS with " + peer + " failed: " + reason(error, redaction)
                + "; if its certificate comes from a private authority, trust that authority";
    }

    /** Without the words of the proxy, which may quote the credentials, and without the exception, which quotes the words. */
    private static DefenderException ofProxy(ProxyConnectException refusal, String peer, @Nullable HttpProxy proxy) {
        String text = "The proxy" + (proxy == null ? "" : " " + proxy.host() + ":" + proxy.port())
                + " opens no tunnel to " + peer;
        Matcher status = PROXY_STATUS.matcher(String.valueOf(refusal.getMessage()));
        if (!status.find()) {
            return connection(text + ": it broke off, or does not speak HTTP", false, null);
        }
        int code = Integer.parseInt(status.group(1));
        text += ": it answered with status " + code;
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
