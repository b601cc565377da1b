package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.Arguments;
import io.github.defenderreactive.runtime.operation.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of a {@link ReactorNettyTransport}: connections, timeouts and buffers. Immutable; {@link #mutate()} returns a
 * builder with the same values.
 *
 * @since 0.1.0
 */
public final class TransportOptions {

    /** Default number of connections to one host for small calls: {@value}. */
    public static final int DEFAULT_INTERACTIVE_CONNECTIONS = 20;

    /** Default number of connections to one host for pages of collections: {@value}. */
    public static final int DEFAULT_BULK_CONNECTIONS = 30;

    /** Default number of requests of one lane that may wait for a connection to one host: {@value}. */
    public static final int DEFAULT_MAX_PENDING = 500;

    /** Default timeout of the wait for a free connection: 10 seconds. */
    public static final Duration DEFAULT_ACQUIRE_TIMEOUT = Duration.ofSeconds(10);

    /** Default timeout of a name lookup, and of a TCP connect to one address: 5 seconds each. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Default timeout of the TLS handshake: 10 seconds. */
    public static final Duration DEFAULT_TLS_TIMEOUT = Duration.ofSeconds(10);

    /** Default timeout from the start of sending to the head of the response: 60 seconds. */
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Default timeout between two reads of the body while there is demand: 60 seconds. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Default time after which an unused connection is closed: 30 seconds, below the limit of common load balancers.
     */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** Default maximum lifetime of a connection, plus or minus 10 %: 5 minutes. */
    public static final Duration DEFAULT_MAX_LIFETIME = Duration.ofMinutes(5);

    /** Default interval at which unused connections are checked: 15 seconds. */
    public static final Duration DEFAULT_EVICTION_INTERVAL = Duration.ofSeconds(15);

    /**
     * Default size of the socket receive buffer: {@value} bytes. It limits the bytes received without demand, and
     * thereby the throughput of one connection (buffer size divided by round-trip time: about 2.5 MB/s of compressed
     * bytes at 50 ms).
     */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 128 * 1024;

    /** Receive buffer size that is chosen by the operating system, which may increase it to several megabytes. */
    public static final int SYSTEM_RECEIVE_BUFFER = 0;

    /** Default maximum number of bytes of one read: {@value}. */
    public static final int DEFAULT_READ_BYTES = 64 * 1024;

    private static final TransportOptions DEFAULTS = builder().build();

    private final int interactiveConnections;
    private final int bulkConnections;
    private final int maxPending;
    private final Duration acquireTimeout;
    private final Duration connectTimeout;
    private final Duration tlsTimeout;
    private final Duration responseTimeout;
    private final Duration readTimeout;
    private final Duration idleTimeout;
    private final Duration maxLifetime;
    private final Duration evictionInterval;
    private final int receiveBufferBytes;
    private final int readBytes;
    private final List<X509Certificate> trustedCertificates;
    private final @Nullable HttpProxy proxy;
    private final ProxyExceptions proxyExceptions;
    private final @Nullable String plainHttpHost;

    private TransportOptions(Builder from) {
        this.interactiveConnections = from.interactiveConnections;
        this.bulkConnections = from.bulkConnections;
        this.maxPending = from.maxPending;
        this.acquireTimeout = from.acquireTimeout;
        this.connectTimeout = from.connectTimeout;
        this.tlsTimeout = from.tlsTimeout;
        this.responseTimeout = from.responseTimeout;
        this.readTimeout = from.readTimeout;
        this.idleTimeout = from.idleTimeout;
        this.maxLifetime = from.maxLifetime;
        this.evictionInterval = from.evictionInterval;
        this.receiveBufferBytes = from.receiveBufferBytes;
        this.readBytes = from.readBytes;
        this.trustedCertificates = List.copyOf(from.trustedCertificates);
        this.proxy = from.proxy;
        this.proxyExceptions = from.proxyExceptions;
        this.plainHttpHost = from.plainHttpHost;
    }

    /**
     * Returns the default options.
     *
     * @return the options
     */
    public static TransportOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a new builder with the default values.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a new builder with the values of these options.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder(this);
    }

    /**
     * Returns the maximum number of connections to one host for {@link Lane#INTERACTIVE}.
     *
     * @return at least 1
     */
    public int interactiveConnections() {
        return interactiveConnections;
    }

    /**
     * Returns the maximum number of connections to one host for {@link Lane#BULK}.
     *
     * @return at least 1
     */
    public int bulkConnections() {
        return bulkConnections;
    }

    /**
     * Returns the maximum number of requests of one lane that may wait for a connection to one host.
     *
     * @return at least 1
     */
    public int maxPending() {
        return maxPending;
    }

    /**
     * Returns the timeout of the wait for a free connection.
     *
     * @return the timeout
     */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /**
     * Returns the timeout of a name lookup, and of a TCP connect to one address.
     *
     * @return the timeout
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Returns the timeout of the TLS handshake.
     *
     * @return the timeout
     */
    public Duration tlsTimeout() {
        return tlsTimeout;
    }

    /**
     * Returns the timeout from the start of sending to the head of the response.
     *
     * @return the timeout
     */
    public Duration responseTimeout() {
        return responseTimeout;
    }

    /**
     * Returns the timeout between two reads of the body, counted only while there is demand.
     *
     * @return the timeout
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Returns the time after which an unused connection is closed.
     *
     * @return the time
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * Returns the maximum lifetime of a connection, plus or minus 10 %. An exchange in progress is not interrupted.
     *
     * @return the time
     */
    public Duration maxLifetime() {
        return maxLifetime;
    }

    /**
     * Returns the interval at which unused connections are checked.
     *
     * @return the interval
     */
    public Duration evictionInterval() {
        return evictionInterval;
    }

    /**
     * Returns the size of the socket receive buffer.
     *
     * @return the size in bytes, or {@link #SYSTEM_RECEIVE_BUFFER}
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Returns the maximum number of bytes of one read, and so of one buffer passed to a reader.
     *
     * @return the number of bytes
     */
    public int readBytes() {
        return readBytes;
    }

    /**
     * Returns the certificates trusted in addition to those of the JDK.
     *
     * @return the certificates
     */
    public List<X509Certificate> trustedCertificates() {
        return trustedCertificates;
    }

    /**
     * Returns the proxy for {@code https}.
     *
     * @return the proxy, or null if connections are direct
     */
    public @Nullable HttpProxy proxy() {
        return proxy;
    }

    /**
     * Returns the proxy for a URI.
     *
     * @param target an {@code https} URI with a host
     * @return the proxy, or null if the connection is direct
     */
    public @Nullable HttpProxy proxyFor(URI target) {
        return proxyExceptions.contain(target) ? null : proxy;
    }

    /**
     * Returns the host, other than the loopback, to which plain {@code http} is allowed.
     *
     * @return the host, or null if there is none
     */
    public @Nullable String plainHttpHost() {
        return plainHttpHost;
    }

    /**
     * Builds {@link TransportOptions}. Not thread-safe.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private int interactiveConnections = DEFAULT_INTERACTIVE_CONNECTIONS;
        private int bulkConnections = DEFAULT_BULK_CONNECTIONS;
        private int maxPending = DEFAULT_MAX_PENDING;
        private Duration acquireTimeout = DEFAULT_ACQUIRE_TIMEOUT;
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration tlsTimeout = DEFAULT_TLS_TIMEOUT;
        private Duration responseTimeout = DEFAULT_RESPONSE_TIMEOUT;
        private Duration readTimeout = DEFAULT_READ_TIMEOUT;
        private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
        private Duration maxLifetime = DEFAULT_MAX_LIFETIME;
        private Duration evictionInterval = DEFAULT_EVICTION_INTERVAL;
        private int receiveBufferBytes = DEFAULT_RECEIVE_BUFFER_BYTES;
        private int readBytes = DEFAULT_READ_BYTES;
        private List<X509Certificate> trustedCertificates = List.of();
        private @Nullable HttpProxy proxy;
        private ProxyExceptions proxyExceptions = ProxyExceptions.NONE;
        private @Nullable String plainHttpHost;

        private Builder() {}

        private Builder(TransportOptions from) {
            this.interactiveConnections = from.interactiveConnections;
            this.bulkConnections = from.bulkConnections;
            this.maxPending = from.maxPending;
            this.acquireTimeout = from.acquireTimeout;
            this.connectTimeout = from.connectTimeout;
            this.tlsTimeout = from.tlsTimeout;
            this.responseTimeout = from.responseTimeout;
            this.readTimeout = from.readTimeout;
            this.idleTimeout = from.idleTimeout;
            this.maxLifetime = from.maxLifetime;
            this.evictionInterval = from.evictionInterval;
            this.receiveBufferBytes = from.receiveBufferBytes;
            this.readBytes = from.readBytes;
            this.trustedCertificates = from.trustedCertificates;
            this.proxy = from.proxy;
            this.proxyExceptions = from.proxyExceptions;
            this.plainHttpHost = from.plainHttpHost;
        }

        /**
         * Sets the maximum number of connections to one host for {@link Lane#INTERACTIVE}.
         *
         * @param connections at least 1; default {@value TransportOptions#DEFAULT_INTERACTIVE_CONNECTIONS}
         * @return this builder
         */
        public Builder interactiveConnections(int connections) {
            this.interactiveConnections = Arguments.atLeast("interactiveConnections", connections, 1);
            return this;
        }

        /**
         * Sets the maximum number of connections to one host for {@link Lane#BULK}. Each stream in progress uses one.
         *
         * @param connections at least 1; default {@value TransportOptions#DEFAULT_BULK_CONNECTIONS}
         * @return this builder
         */
        public Builder bulkConnections(int connections) {
            this.bulkConnections = Arguments.atLeast("bulkConnections", connections, 1);
            return this;
        }

        /**
         * Sets the maximum number of requests of one lane that may wait for a connection to one host. Further requests
         * fail immediately.
         *
         * @param requests at least 1; default {@value TransportOptions#DEFAULT_MAX_PENDING}
         * @return this builder
         */
        public Builder maxPending(int requests) {
            this.maxPending = Arguments.atLeast("maxPending", requests, 1);
            return this;
        }

        /**
         * Sets the timeout of the wait for a free connection.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_ACQUIRE_TIMEOUT}
         * @return this builder
         */
        public Builder acquireTimeout(Duration limit) {
            this.acquireTimeout = positive(limit, "acquireTimeout");
            return this;
        }

        /**
         * Sets the timeout of a name lookup, and of a TCP connect to one address.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_CONNECT_TIMEOUT}
         * @return this builder
         */
        public Builder connectTimeout(Duration limit) {
            this.connectTimeout = positive(limit, "connectTimeout");
            return this;
        }

        /**
         * Sets the timeout of the TLS handshake.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_TLS_TIMEOUT}
         * @return this builder
         */
        public Builder tlsTimeout(Duration limit) {
            this.tlsTimeout = positive(limit, "tlsTimeout");
            return this;
        }

        /**
         * Sets the timeout from the start of sending to the head of the response.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_RESPONSE_TIMEOUT}
         * @return this builder
         */
        public Builder responseTimeout(Duration limit) {
            this.responseTimeout = positive(limit, "responseTimeout");
            return this;
        }

        /**
         * Sets the timeout between two reads of the body. It is counted only while there is demand, so a slow consumer
         * does not cause a timeout.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_READ_TIMEOUT}
         * @return this builder
         */
        public Builder readTimeout(Duration limit) {
            this.readTimeout = positive(limit, "readTimeout");
            return this;
        }

        /**
         * Sets the time after which an unused connection is closed.
         *
         * @param time positive; default {@link TransportOptions#DEFAULT_IDLE_TIMEOUT}
         * @return this builder
         */
        public Builder idleTimeout(Duration time) {
            this.idleTimeout = positive(time, "idleTimeout");
            return this;
        }

        /**
         * Sets the maximum lifetime of a connection, plus or minus 10 %. An exchange in progress is not interrupted.
         *
         * @param time positive; default {@link TransportOptions#DEFAULT_MAX_LIFETIME}
         * @return this builder
         */
        public Builder maxLifetime(Duration time) {
            this.maxLifetime = positive(time, "maxLifetime");
            return this;
        }

        /**
         * Sets the interval at which unused connections are checked.
         *
         * @param interval positive; default {@link TransportOptions#DEFAULT_EVICTION_INTERVAL}
         * @return this builder
         */
        public Builder evictionInterval(Duration interval) {
            this.evictionInterval = positive(interval, "evictionInterval");
            return this;
        }

        /**
         * Sets the size of the socket receive buffer.
         *
         * @param bytes at least 4,096, or {@link TransportOptions#SYSTEM_RECEIVE_BUFFER}; default
         *     {@value TransportOptions#DEFAULT_RECEIVE_BUFFER_BYTES}
         * @return this builder
         */
        public Builder receiveBufferBytes(int bytes) {
            this.receiveBufferBytes =
                    bytes == SYSTEM_RECEIVE_BUFFER ? bytes : Arguments.atLeast("receiveBufferBytes", bytes, 4096);
            return this;
        }

        /**
         * Sets the maximum number of bytes of one read.
         *
         * @param bytes at least 1,024; default {@value TransportOptions#DEFAULT_READ_BYTES}
         * @return this builder
         */
        public Builder readBytes(int bytes) {
            this.readBytes = Arguments.atLeast("readBytes", bytes, 1024);
            return this;
        }

        /**
         * Trusts certificates in addition to those of the JDK.
         *
         * @param certificates root certificates, or the certificate of a server; replaces earlier ones
         * @return this builder
         */
        public Builder trustedCertificates(Collection<X509Certificate> certificates) {
            this.trustedCertificates = new ArrayList<>(certificates);
            return this;
        }

        /**
         * Trusts the certificates in a file in addition to those of the JDK. The file is read immediately, which
         * blocks. It is PEM, DER or PKCS#7; keys and comments next to PEM certificates are ignored.
         *
         * @param pem the file, at most 16 MiB
         * @return this builder
         * @throws IOException if the file cannot be read
         * @throws CertificateException if it does not contain a certificate
         */
        public Builder trustedCertificates(Path pem) throws IOException, CertificateException {
            return trustedCertificates(TrustAnchors.read(pem));
        }

        /**
         * Sets the proxy for {@code https} to every host. Replaces {@link #systemProxy()}.
         *
         * @param through the proxy, or null for direct connections; default null
         * @return this builder
         */
        public Builder proxy(@Nullable HttpProxy through) {
            this.proxy = through;
            this.proxyExceptions = ProxyExceptions.NONE;
            return this;
        }

        /**
         * Sets the proxy for {@code https} from the JVM's properties or the environment, which are read immediately.
         * Replaces {@link #proxy}.
         *
         * <p>The JVM's properties take precedence: if {@code https.proxyHost} is set, they define the proxy
         * ({@code https.proxyPort}, default 443) and the hosts that are connected to directly
         * ({@code http.nonProxyHosts}).
         *
         * <p>Otherwise the first of the variables {@code https_proxy}, {@code HTTPS_PROXY}, {@code all_proxy} and
         * {@code ALL_PROXY} that is set defines the proxy in the form of {@link HttpProxy#parse}; an empty value means
         * no proxy. {@code no_proxy}, or {@code NO_PROXY}, lists the hosts that are connected to directly, separated by
         * commas or blanks: {@code example.com} for the domain and its subdomains, with or without a leading dot,
         * {@code 10.1.2.3} or {@code 10.0.0.0/8} for addresses in the URL, each with or without a port, and {@code *}
         * for all.
         *
         * <p>Connections to the loopback are always direct. If neither defines a proxy, all connections are direct.
         *
         * @return this builder
         * @throws IllegalArgumentException if the proxy is invalid, for example with the scheme {@code socks5}; the
         *     message contains the name of the variable or property
         */
        public Builder systemProxy() {
            return systemProxy(SystemProxy.read(System::getenv, System::getProperty));
        }

        /**
         * Sets the proxy for {@code https} from the JVM's properties or the given variables, as {@link #systemProxy()}
         * does with those of the environment.
         *
         * @param variables the variables by name, for example those that a program received instead of the environment
         * @return this builder
         * @throws IllegalArgumentException if the proxy is invalid; the message contains the name of the variable or
         *     property
         */
        public Builder systemProxy(Map<String, String> variables) {
            Objects.requireNonNull(variables, "variables");
            return systemProxy(SystemProxy.read(variables::get, System::getProperty));
        }

        Builder systemProxy(SystemProxy found) {
            this.proxy = found.proxy();
            this.proxyExceptions = found.exceptions();
            return this;
        }

        /**
         * Allows plain {@code http} to one host other than the loopback. Intended for the identity endpoints of a
         * platform, which have no certificate and are reachable only from the machine itself.
         *
         * @param host the host as spelled in the URL; none by default
         * @return this builder
         */
        public Builder plainHttpHost(String host) {
            this.plainHttpHost = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public TransportOptions build() {
            return new TransportOptions(this);
        }

        private static Duration positive(Duration value, String name) {
            Objects.requireNonNull(value, name);
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, was " + value);
            }
            return value;
        }
    }
}
