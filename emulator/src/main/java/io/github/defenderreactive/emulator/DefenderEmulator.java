package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.http.ContentCoding;
import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.config.FederatedIdentity;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.login.ManagedIdentity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.server.OpenConnections;
import io.github.defenderreactive.emulator.internal.server.PemFile;
import io.github.defenderreactive.emulator.internal.server.ServerBinding;
import io.github.defenderreactive.emulator.internal.server.ServerCertificate;
import io.github.defenderreactive.emulator.internal.server.WriteMeter;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * An in-process Defender for Endpoint server with its token endpoint, on the loopback interface, over TLS.
 *
 * <p>The same seed and size give the same tenant: alerts, devices, users and related data. Its times count back from
 * {@link Builder#newestAlert}, by default the hour in which the emulator is started. Alerts are computed when they are
 * read, so a million of them need no memory. Callers change the state through the API, tests also through {@link
 * #tenant()}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DefenderEmulator implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(10);

    private final DefenderService service;
    private final ServiceOptions options;
    private final @Nullable X509Bundle certificate;
    private final DisposableServer server;
    private final LoopResources loops;
    private final OpenConnections connections;
    private final String controlToken;
    private @Nullable Path certificateFile;

    private DefenderEmulator(
            DefenderService service,
            ServiceOptions options,
            @Nullable X509Bundle certificate,
            DisposableServer server,
            LoopResources loops,
            OpenConnections connections,
            String controlToken) {
        this.service = service;
        this.controlToken = controlToken;
        this.options = options;
        this.certificate = certificate;
        this.server = server;
        this.loops = loops;
        this.connections = connections;
    }

    /**
     * Returns a new builder with all defaults.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the root of the service, without {@code /api}.
     *
     * @return {@code https://localhost:port}, or {@code http} without TLS
     */
    public URI baseUrl() {
        return URI.create((certificate == null ? "http" : "https") + "://localhost:" + server.port());
    }

    /**
     * Returns the root of the login service, which is the same server as {@link #baseUrl()}.
     *
     * @return the authority
     */
    public URI authority() {
        return baseUrl();
    }

    /**
     * Returns the tenant that tokens are issued for.
     *
     * @return a GUID
     */
    public String tenantId() {
        return options.tenantId();
    }

    /**
     * Returns the client id of the only registered application.
     *
     * @return a GUID
     */
    public String clientId() {
        return options.clientId();
    }

    /**
     * Returns the secret of the application. It contains characters that must be encoded in a form.
     *
     * @return the secret
     */
    public String clientSecret() {
        return options.clientSecret();
    }

    /**
     * Returns the certificate that a caller has to trust, for localhost, 127.0.0.1 and ::1. It is self-signed and new
     * for each emulator.
     *
     * @return the certificate
     * @throws IllegalStateException without TLS
     */
    public X509Certificate certificate() {
        return bundle().getCertificate();
    }

    /**
     * Returns the certificate as text.
     *
     * @return the certificate in PEM
     * @throws IllegalStateException without TLS
     */
    public String certificatePem() {
        return bundle().getCertificatePEM();
    }

    DefenderService service() {
        return service;
    }

    private X509Bundle bundle() {
        if (certificate == null) {
            throw new IllegalStateException("The emulator has no certificate: it runs without TLS");
        }
        return certificate;
    }

    /**
     * Returns all that a client needs to connect, in the form that the client's builder accepts. The first call writes
     * the certificate to a temporary file, which {@link #close()} deletes.
     *
     * @return address, application, secret and certificate; certificate and file are null without TLS
     * @throws UncheckedIOException if the file cannot be written
     */
    public synchronized ServiceConnection connection() {
        if (certificate != null && certificateFile == null) {
            certificateFile = PemFile.write(certificatePem());
        }
        return new ServiceConnection(
                baseUrl(),
                authority(),
                tenantId(),
                clientId(),
                clientSecret(),
                certificate == null ? null : certificate(),
                certificateFile);
    }

    /**
     * Returns the users of the tenant, whose sign-ins a test controls.
     *
     * @return the users
     */
    public SignIns signIns() {
        return service.signIns();
    }

    /**
     * Returns the name of the first user, who signs in unless another one is named.
     *
     * @return the user principal name
     */
    public String userName() {
        return options.users().get(0).name();
    }

    /**
     * Returns the password of the first user.
     *
     * @return the password
     */
    public String userPassword() {
        return options.users().get(0).password();
    }

    /**
     * Returns the environment of a virtual machine whose metadata service is this emulator.
     *
     * @return variables by name
     */
    public Map<String, String> machineEnvironment() {
        return Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", baseUrl().toString());
    }

    /**
     * Returns the environment of an App Service whose identity endpoint is this emulator.
     *
     * @return variables by name
     */
    public Map<String, String> appServiceEnvironment() {
        return Map.of(
                "IDENTITY_ENDPOINT",
                baseUrl() + ManagedIdentity.APP_SERVICE_PATH,
                "IDENTITY_HEADER",
                options.identityHeader());
    }

    /**
     * Returns the received calls.
     *
     * @return the journal
     */
    public Journal journal() {
        return service.journal();
    }

    /**
     * Returns the number of open connections, idle ones included. Together with {@link Journal#idle()} it shows whether
     * a caller releases its resources.
     *
     * @return the number of connections
     */
    public int openConnections() {
        return connections.count();
    }

    /**
     * Returns the fault injection rules.
     *
     * @return the faults
     */
    public Faults faults() {
        return service.faults();
    }

    /**
     * Returns the stubs, which replace responses of the emulator.
     *
     * @return the stubs
     */
    public Stubs stubs() {
        return service.stubs();
    }

    /**
     * Returns the state of the tenant.
     *
     * @return the tenant
     */
    public Tenant tenant() {
        return service.tenant();
    }

    /**
     * Returns the clock of the emulator, which tests can move.
     *
     * @return the clock
     */
    public EmulatorClock clock() {
        return service.clock();
    }

    /**
     * Returns the root of the control endpoint, by which tests in other processes and languages change data, clock and
     * faults of this emulator.
     *
     * @return an address below {@link #baseUrl()}
     */
    public URI controlUrl() {
        return URI.create(baseUrl() + Control.PATH);
    }

    /**
     * Returns the bearer token that the control endpoint requires. It is random and new for each emulator.
     *
     * @return the token
     */
    public String controlToken() {
        return controlToken;
    }

    /**
     * Stops the server, closes open connections, and waits for both, at most ten seconds. Must not be called on an
     * event loop.
     */
    @Override
    public void close() {
        server.disposeNow(STOP);
        loops.disposeLater(Duration.ZERO, STOP).block(STOP);
        synchronized (this) {
            if (certificateFile != null) {
                PemFile.delete(certificateFile);
            }
        }
    }

    /**
     * Builds {@link DefenderEmulator} instances. Not thread-safe.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        /** The default number of alerts. */
        public static final int DEFAULT_SIZE = 1_000;

        /** The default number of items of a page, that of the service. */
        public static final int DEFAULT_PAGE_SIZE = 10_000;

        /** The default lifetime of a token. */
        public static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofSeconds(3599);

        /** The default polling interval of a device code, that of the service. */
        public static final Duration DEFAULT_DEVICE_POLL_INTERVAL = Duration.ofSeconds(5);

        private int size = DEFAULT_SIZE;
        private long seed = 1;
        private int pageSize = DEFAULT_PAGE_SIZE;
        private Clock clock = Clock.systemUTC();
        private @Nullable Instant newestAlert;
        private boolean plainHttp;
        private int port;
        private ContentCoding coding = ContentCoding.NEGOTIATED;
        private @Nullable Set<String> roles;
        private final List<X509Certificate> certificates = new ArrayList<>();
        private final List<FederatedIdentity> federatedIdentities = new ArrayList<>();
        private final List<EmulatedUser> users = new ArrayList<>();
        private Duration devicePollInterval = DEFAULT_DEVICE_POLL_INTERVAL;
        private Duration tokenLifetime = DEFAULT_TOKEN_LIFETIME;
        private boolean enforceQuotas;
        private boolean notFoundWhenNoMachines;
        private @Nullable URI linkRoot;
        private Duration actionPending = Duration.ofSeconds(2);
        private Duration actionRunning = Duration.ofSeconds(3);
        private Duration actionVisibleAfter = Duration.ZERO;

        private Builder() {}

        /**
         * Sets the number of generated alerts. It determines the devices and users: a device for every 20 alerts, at
         * least 5 and at most 50,000.
         *
         * @param alerts 0 or more; default {@value #DEFAULT_SIZE}
         * @return this
         */
        public Builder size(int alerts) {
            if (alerts < 0) {
                throw new IllegalArgumentException("alerts must be >= 0, was " + alerts);
            }
            this.size = alerts;
            return this;
        }

        /**
         * Sets the seed from which all data is computed.
         *
         * @param seed any number; default 1
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the number of items of a page before it ends in a next link.
         *
         * @param items 1 or more; default {@value #DEFAULT_PAGE_SIZE}
         * @return this
         */
        public Builder pageSize(int items) {
            if (items < 1) {
                throw new IllegalArgumentException("items must be >= 1, was " + items);
            }
            this.pageSize = items;
            return this;
        }

        /**
         * Sets the clock by which tokens and links expire, actions progress, quotas refill and new state is dated. With
         * {@link Clock#fixed} time passes only as {@link EmulatorClock} moves it.
         *
         * @param clock the clock; default the system clock in UTC
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the end of the generated past; alerts cover the 180 days before it. Ids do not depend on it, times do:
         * the same seed gives the same times relative to it. Set it where exact times matter, or where two emulators
         * must agree although one may be started in the next hour.
         *
         * @param time default the clock's time at the start, cut to the hour
         * @return this
         */
        public Builder newestAlert(Instant time) {
            this.newestAlert = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Sets whether the server speaks HTTP without TLS, for callers that allow it on the loopback interface.
         *
         * @param plain default false
         * @return this
         */
        public Builder plainHttp(boolean plain) {
            this.plainHttp = plain;
            return this;
        }

        /**
         * Sets the port to listen on.
         *
         * @param number 0, the default, for a free one
         * @return this
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("number must be from 0 to 65535, was " + number);
            }
            this.port = number;
            return this;
        }

        /**
         * Sets the content coding of the responses of the API.
         *
         * @param coding default {@link ContentCoding#NEGOTIATED}
         * @return this
         */
        public Builder encoding(ContentCoding coding) {
            this.coding = Objects.requireNonNull(coding, "coding");
            return this;
        }

        /**
         * Sets the application roles of the tokens.
         *
         * @param permissions role names; default all that any operation requires
         * @return this
         */
        public Builder roles(String... permissions) {
            this.roles = Set.of(permissions);
            return this;
        }

        /**
         * Registers a certificate with the application, which may then authenticate with a signed assertion instead of
         * its secret.
         *
         * @param certificate a certificate of an RSA key
         * @return this
         */
        public Builder clientCertificate(X509Certificate certificate) {
            certificates.add(Objects.requireNonNull(certificate, "certificate"));
            return this;
        }

        /**
         * Registers a federated credential, with which a workload of another platform authenticates as the application.
         *
         * @param issuer the issuer of the workload's tokens
         * @param subject the subject of these tokens
         * @param key the public key of their signatures
         * @return this
         */
        public Builder federatedCredential(String issuer, String subject, RSAPublicKey key) {
            federatedIdentities.add(new FederatedIdentity(
                    Objects.requireNonNull(issuer, "issuer"),
                    Objects.requireNonNull(subject, "subject"),
                    Objects.requireNonNull(key, "key")));
            return this;
        }

        /**
         * Adds a user. If none is added, there is one default user, see {@link DefenderEmulator#userName()}.
         *
         * @param name the user principal name
         * @param password the password
         * @param permissions delegated permissions that are consented to; none for all that any operation requires
         * @return this
         */
        public Builder user(String name, String password, String... permissions) {
            users.add(new EmulatedUser(
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(password, "password"),
                    Seeded.uuid(seed, users.size(), 107),
                    permissions.length == 0 ? null : Set.of(permissions)));
            return this;
        }

        /**
         * Sets the minimum interval between two polls of a device code.
         *
         * @param interval whole seconds, 1 or more; default {@link #DEFAULT_DEVICE_POLL_INTERVAL}
         * @return this
         */
        public Builder devicePollInterval(Duration interval) {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.toNanosPart() != 0) {
                throw new IllegalArgumentException("interval must be whole seconds, at least PT1S, was " + interval);
            }
            this.devicePollInterval = interval;
            return this;
        }

        /**
         * Sets the lifetime of tokens.
         *
         * @param lifetime positive; default {@link #DEFAULT_TOKEN_LIFETIME}
         * @return this
         */
        public Builder tokenLifetime(Duration lifetime) {
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("lifetime must be positive, was " + lifetime);
            }
            this.tokenLifetime = lifetime;
            return this;
        }

        /**
         * Refuses calls beyond the documented quotas with 429, per operation and application, in windows of a minute
         * and an hour by the emulator's clock.
         *
         * @param enforce default false
         * @return this
         */
        public Builder enforceQuotas(boolean enforce) {
            this.enforceQuotas = enforce;
            return this;
        }

        /**
         * Sets whether a filter that no device passes returns 404 instead of an empty page, as the service does at
         * times.
         *
         * @param notFound default false
         * @return this
         */
        public Builder notFoundWhenNoMachines(boolean notFound) {
            this.notFoundWhenNoMachines = notFound;
            return this;
        }

        /**
         * Sets the root of next links, which otherwise is the address that the caller used. Regional hosts of the
         * service use another one.
         *
         * @param root scheme, host and port; default none
         * @return this
         */
        public Builder linkRoot(URI root) {
            this.linkRoot = Objects.requireNonNull(root, "root");
            return this;
        }

        /**
         * Sets the durations of the states of response actions.
         *
         * @param pending the duration of Pending; default 2 s
         * @param running the duration of InProgress, before Succeeded; default 3 s
         * @return this
         */
        public Builder actionPace(Duration pending, Duration running) {
            this.actionPending = Objects.requireNonNull(pending, "pending");
            this.actionRunning = Objects.requireNonNull(running, "running");
            return this;
        }

        /**
         * Sets the time for which a new response action returns 404.
         *
         * @param delay default none
         * @return this
         */
        public Builder actionVisibleAfter(Duration delay) {
            this.actionVisibleAfter = Objects.requireNonNull(delay, "delay");
            return this;
        }

        /**
         * Builds the service without server and TLS.
         *
         * @return a new service, which ignores {@link #port} and {@link #plainHttp}
         */
        public DefenderService service() {
            return new DefenderService(options());
        }

        private ServiceOptions options() {
            Instant newest = newestAlert == null ? clock.instant().truncatedTo(ChronoUnit.HOURS) : newestAlert;
            return new ServiceOptions(
                    size,
                    seed,
                    pageSize,
                    clock,
                    newest,
                    Seeded.uuid(seed, 0, 101),
                    Seeded.uuid(seed, 0, 102),
                    "e~" + Seeded.hex(seed, 0, 103, 20) + "+/&=%",
                    List.copyOf(certificates),
                    List.copyOf(federatedIdentities),
                    users.isEmpty() ? List.of(defaultUser()) : List.copyOf(users),
                    devicePollInterval,
                    roles,
                    tokenLifetime,
                    enforceQuotas,
                    notFoundWhenNoMachines,
                    linkRoot,
                    coding,
                    actionPending,
                    actionRunning,
                    actionVisibleAfter);
        }

        private EmulatedUser defaultUser() {
            return new EmulatedUser(
                    "operator@" + Organisation.DNS_SUFFIX,
                    "p~" + Seeded.hex(seed, 0, 108, 16) + "+&=%",
                    Seeded.uuid(seed, 0, 107),
                    null);
        }

        /**
         * Starts an emulator and waits until it listens. Creating keys and certificate takes up to half a second. Must
         * not be called on an event loop; {@link #startLater()} can be.
         *
         * @return the running emulator, to be closed by the caller
         * @throws IllegalStateException if it cannot listen
         */
        public DefenderEmulator start() {
            try {
                return bound();
            } catch (SSLException e) {
                throw new IllegalStateException("The emulator could not be started: TLS is not available", e);
            }
        }

        /**
         * Starts an emulator on each subscription.
         *
         * @return emits the running emulator, to be closed by the subscriber, and completes; fails if it cannot listen.
         *     The work is done on Reactor's bounded elastic threads
         */
        public Mono<DefenderEmulator> startLater() {
            return Mono.fromCallable(this::bound).subscribeOn(Schedulers.boundedElastic());
        }

        private static String controlToken() {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            return HexFormat.of().formatHex(random);
        }

        private DefenderEmulator bound() throws SSLException {
            ServiceOptions options = options();
            DefenderService service = new DefenderService(options);
            X509Bundle certificate = plainHttp ? null : ServerCertificate.create();
            String controlToken = controlToken();
            ServerBinding binding = new ServerBinding(new Control(service, controlToken)::exchange);
            OpenConnections connections = new OpenConnections();
            LoopResources loops = LoopResources.create("defender-emulator", 1, 2, true);
            HttpServer server = HttpServer.create()
                    .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .runOn(loops)
                    .protocol(HttpProtocol.HTTP11)
                    .httpRequestDecoder(
                            decoder -> decoder.maxInitialLineLength(64 * 1024).maxHeaderSize(64 * 1024))
                    .doOnConnection(connection -> connection.addHandlerFirst(WriteMeter.NAME, new WriteMeter()))
                    .childObserve(connections)
                    .handle(binding::respond);
            if (certificate != null) {
                SslContext tls = SslContextBuilder.forServer(
                                certificate.getKeyPair().getPrivate(), certificate.getCertificatePath())
                        .build();
                server = server.secure(spec -> spec.sslContext(tls));
            }
            try {
                return new DefenderEmulator(
                        service, options, certificate, server.bindNow(), loops, connections, controlToken);
            } catch (RuntimeException e) {
                loops.dispose();
                throw e;
            }
        }
    }
}
