package io.github.defenderreactive.runtime.transport;

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
 * How a {@link ReactorNettyTransport} connects, waits and buffers. Immutable; {@link #mutate()} derives another.
 *
 * @since 0.1.0
 */
public final class TransportOptions {

    /** Connections to one host for small calls: {@value}. */
    public static final int DEFAULT_INTERACTIVE_CONNECTIONS = 20;

    /** Connections to one host for collection pages: {@value}. */
    public static final int DEFAULT_BULK_CONNECTIONS = 30;

    /** Requests of one lane that may wait for a connection to one host: {@value}. */
    public static final int DEFAULT_MAX_PENDING = 500;

    /** Wait for a free connection: 10 seconds. */
    public static final Duration DEFAULT_ACQUIRE_TIMEOUT = Duration.ofSeconds(10);

    /** Name lookup, and TCP connect to one address: 5 seconds each. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** TLS handshake: 10 seconds. */
    public static final Duration DEFAULT_TLS_TIMEOUT = Duration.ofSeconds(10);

    /** From the start of sending to the head of the answer: 60 seconds. */
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Between two reads of the body while more is demanded: 60 seconds. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);

    /** How long an unused connection is kept: 30 seconds, below what common load balancers cut at. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** How long a connection is used at most, give or take a tenth: 5 minutes. */
    public static final Duration DEFAULT_MAX_LIFETIME = Duration.ofMinutes(5);

    /** How often unused connections are looked through: 15 seconds. */
    public static final Duration DEFAULT_EVICTION_INTERVAL = Duration.ofSeconds(15);

    /**
     * Socket receive buffer: {@value} bytes. It bounds what arrives without demand, and with it the speed of one
     * connection (buffer divided by round trip: about 2.5 MB/s at 50 ms, of compressed bytes).
     */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 128 * 1024;

    /** Receive buffer size that leaves the choice to the operating system, which may grow it to several megabytes. */
    public static final int SYSTEM_RECEIVE_BUFFER = 0;

    /** Most bytes of one read: {@value}. */
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
     * All defaults.
     *
     * @return the options
     */
    public static TransportOptions defaults() {
        return DEFAULTS;
    }

    /**
     * A builder that starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with these values.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder(this);
    }

    /**
     * Connections to one host for {@link Lane#INTERACTIVE}.
     *
     * @return at least 1
     */
    public int interactiveConnections() {
        return interactiveConnections;
    }

    /**
     * Connections to one host for {@link Lane#BULK}.
     *
     * @return at least 1
     */
    public int bulkConnections() {
        return bulkConnections;
    }

    /**
     * Requests of one lane that may wait for a connection to one host.
     *
     * @return at least 1
     */
    public int maxPending() {
        return maxPending;
    }

    /**
     * Limit of the wait for a free connection.
     *
     * @return the limit
     */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /**
     * Limit of a name lookup, and of a TCP connect to one address.
     *
     * @return the limit
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Limit of the TLS handshake.
     *
     * @return the limit
     */
    public Duration tlsTimeout() {
        return tlsTimeout;
    }

    /**
     * Limit from the start of sending to the head of the answer.
     *
     * @return the limit
     */
    public Duration responseTimeout() {
        return responseTimeout;
    }

    /**
     * Limit between two reads of the body, counted only while the reader demands more.
     *
     * @return the limit
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * How long an unused connection is kept.
     *
     * @return the time
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * How long a connection is used at most, give or take a tenth; a running exchange is not cut.
     *
     * @return the time
     */
    public Duration maxLifetime() {
        return maxLifetime;
    }

    /**
     * How often unused connections are looked through.
     *
     * @return the interval
     */
    public Duration evictionInterval() {
        return evictionInterval;
    }

    /**
     * Size of the socket receive buffer.
     *
     * @return bytes, or {@link #SYSTEM_RECEIVE_BUFFER}
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Most bytes of one read, so of one buffer handed to a reader.
     *
     * @return bytes
     */
    public int readBytes() {
        return readBytes;
    }

    /**
     * Certificates trusted in addition to the JDK's.
     *
     * @return the certificates
     */
    public List<X509Certificate> trustedCertificates() {
        return trustedCertificates;
    }

    /**
     * The proxy for {@code https}.
     *
     * @return the proxy, or null when connections are direct
     */
    public @Nullable HttpProxy proxy() {
        return proxy;
    }

    /**
     * Returns the proxy that leads to a host.
     *
     * @param target an {@code https} URI with a host
     * @return the proxy, or null when the connection is direct
     */
    public @Nullable HttpProxy proxyFor(URI target) {
        return proxyExceptions.contain(target) ? null : proxy;
    }

    /**
     * The host besides the loopback that plain {@code http} may be sent to.
     *
     * @return the host, or null when there is none
     */
    public @Nullable String plainHttpHost() {
        return plainHttpHost;
    }

    /**
     * Collects {@link TransportOptions}.
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
         * Sets the connections to one host for {@link Lane#INTERACTIVE}.
         *
         * @param connections at least 1; default {@value TransportOptions#DEFAULT_INTERACTIVE_CONNECTIONS}
         * @return this builder
         */
        public Builder interactiveConnections(int connections) {
            this.interactiveConnections = atLeast(1, connections, "interactiveConnections");
            return this;
        }

        /**
         * Sets the connections to one host for {@link Lane#BULK}. Each stream in progress holds one.
         *
         * @param connections at least 1; default {@value TransportOptions#DEFAULT_BULK_CONNECTIONS}
         * @return this builder
         */
        public Builder bulkConnections(int connections) {
            this.bulkConnections = atLeast(1, connections, "bulkConnections");
            return this;
        }

        /**
         * Sets how many requests of one lane may wait for a connection to one host; more fail at once.
         *
         * @param requests at least 1; default {@value TransportOptions#DEFAULT_MAX_PENDING}
         * @return this builder
         */
        public Builder maxPending(int requests) {
            this.maxPending = atLeast(1, requests, "maxPending");
            return this;
        }

        /**
         * Sets the limit of the wait for a free connection.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_ACQUIRE_TIMEOUT}
         * @return this builder
         */
        public Builder acquireTimeout(Duration limit) {
            this.acquireTimeout = positive(limit, "acquireTimeout");
            return this;
        }

        /**
         * Sets the limit of a name lookup, and of a TCP connect to one address.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_CONNECT_TIMEOUT}
         * @return this builder
         */
        public Builder connectTimeout(Duration limit) {
            this.connectTimeout = positive(limit, "connectTimeout");
            return this;
        }

        /**
         * Sets the limit of the TLS handshake.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_TLS_TIMEOUT}
         * @return this builder
         */
        public Builder tlsTimeout(Duration limit) {
            this.tlsTimeout = positive(limit, "tlsTimeout");
            return this;
        }

        /**
         * Sets the limit from the start of sending to the head of the answer.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_RESPONSE_TIMEOUT}
         * @return this builder
         */
        public Builder responseTimeout(Duration limit) {
            this.responseTimeout = positive(limit, "responseTimeout");
            return this;
        }

        /**
         * Sets the limit between two reads of the body. It runs only while the reader demands more, so a slow consumer
         * is never cut off.
         *
         * @param limit positive; default {@link TransportOptions#DEFAULT_READ_TIMEOUT}
         * @return this builder
         */
        public Builder readTimeout(Duration limit) {
            this.readTimeout = positive(limit, "readTimeout");
            return this;
        }

        /**
         * Sets how long an unused connection is kept.
         *
         * @param time positive; default {@link TransportOptions#DEFAULT_IDLE_TIMEOUT}
         * @return this builder
         */
        public Builder idleTimeout(Duration time) {
            this.idleTimeout = positive(time, "idleTimeout");
            return this;
        }

        /**
         * Sets how long a connection is used at most, give or take a tenth.
         *
         * @param time positive; default {@link TransportOptions#DEFAULT_MAX_LIFETIME}
         * @return this builder
         */
        public Builder maxLifetime(Duration time) {
            this.maxLifetime = positive(time, "maxLifetime");
            return this;
        }

        /**
         * Sets how often unused connections are looked through.
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
                    bytes == SYSTEM_RECEIVE_BUFFER ? bytes : atLeast(4096, bytes, "receiveBufferBytes");
            return this;
        }

        /**
         * Sets the most bytes of one read.
         *
         * @param bytes at least 1,024; default {@value TransportOptions#DEFAULT_READ_BYTES}
         * @return this builder
         */
        public Builder readBytes(int bytes) {
            this.readBytes = atLeast(1024, bytes, "readBytes");
            return this;
        }

        /**
         * Trusts certificates in addition to the JDK's.
         *
         * @param certificates roots, or a server's own certificate; replaces earlier ones
         * @return this builder
         */
        public Builder trustedCertificates(Collection<X509Certificate> certificates) {
            this.trustedCertificates = new ArrayList<>(certificates);
            return this;
        }

        /**
         * Trusts the certificates of a file in addition to the JDK's. The file is read now, which blocks. It is PEM, DER or
         * PKCS#7; keys and comments beside the certificates of PEM are ignored.
         *
         * @param pem the file, at most 16 MiB
         * @return this builder
         * @throws IOException if the file cannot be read
         * @throws CertificateException if it holds no certificate
         */
        public Builder trustedCertificates(Path pem) throws IOException, CertificateException {
            return trustedCertificates(TrustAnchors.read(pem));
        }

        /**
         * Sends {@code https} through a proxy, to every host. Replaces {@link #systemProxy()}.
         *
         * @param through the proxy, or null for direct connections, the default
         * @return this builder
         */
        public Builder proxy(@Nullable HttpProxy through) {
            this.proxy = through;
            this.proxyExceptions = ProxyExceptions.NONE;
            return this;
        }

        /**
         * Sends {@code https} through the proxy that the JVM or the environment names. They are read now. Replaces
         * {@link #proxy}.
         *
         * <p>The JVM's properties win: when {@code https.proxyHost} is set, they name the proxy
         * ({@code https.proxyPort}, default 443) and the hosts that are reached directly ({@code http.nonProxyHosts}).
         *
         * <p>Otherwise the first of the variables {@code https_proxy}, {@code HTTPS_PROXY}, {@code all_proxy} and
         * {@code ALL_PROXY} that is set names the proxy in the form of {@link HttpProxy#parse}; an empty one names none.
         * {@code no_proxy}, or {@code NO_PROXY}, names the hosts that are reached directly, separated by commas or blanks:
         * {@code example.com} for the domain and all below it, with or without a dot in front, {@code 10.1.2.3} or
         * {@code 10.0.0.0/8} for addresses that stand in the URL, each with a port or without, and {@code *} for all.
         *
         * <p>The loopback is reached directly in any case. Without a proxy in either place connections are direct.
         *
         * @return this builder
         * @throws IllegalArgumentException if a proxy is named that is not understood, for example with the scheme
         *     {@code socks5}; the message names the variable or property
         */
        public Builder systemProxy() {
            return systemProxy(SystemProxy.read(System::getenv, System::getProperty));
        }

        /**
         * Sends {@code https} through the proxy that the JVM's properties or the given variables name, as
         * {@link #systemProxy()} does with those of the environment.
         *
         * @param variables the variables by name, for example those that a program was given instead of the environment
         * @return this builder
         * @throws IllegalArgumentException if a proxy is named that is not understood; the message names the variable or
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
         * Allows plain {@code http} to one host besides the loopback. Meant for the identity endpoints of a platform, which
         * have no certificate and can be reached from the machine itself only.
         *
         * @param host the host, as it stands in the address; none by default
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

        private static int atLeast(int least, int value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
            }
            return value;
        }

        private static Duration positive(Duration value, String name) {
            Objects.requireNonNull(value, name);
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }
    }
}
