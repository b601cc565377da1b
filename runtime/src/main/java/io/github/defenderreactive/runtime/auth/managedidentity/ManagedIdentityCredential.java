package io.github.defenderreactive.runtime.auth.managedidentity;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.oauth.ChainedCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.RequestedScope;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The identity that the platform assigns to a resource: a virtual machine or a cluster node through its metadata
 * service, an App Service, a function or a container app through the endpoint in its environment ({@value #ENDPOINT},
 * {@value #HEADER}, read at each request because the platform changes them). It needs no secret.
 *
 * <p>Without a managed identity, nothing listens at the address or responds within 10 seconds, a container engine, a
 * proxy or another cloud responds, or the platform reports that the identity is not assigned. Each of these is a
 * {@link CredentialUnavailableException} that says what was seen, so that a {@link ChainedCredential} continues with
 * its next credential; this includes a user-assigned identity that is not assigned to this resource. Refusals of an
 * identity that exists (a wrong scope, several identities of which none is named, throttling and failures of the
 * platform after all retries) are other errors, and so is every failure once this credential has issued a token.
 *
 * <p>The platform caches tokens for up to 24 hours, so a new role may take that long to appear. Retries follow the
 * platform's rules: three retries after 1, 2 and 4 seconds, or seven after 10 seconds each while the metadata service
 * is being updated.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. Opens a new connection for each request and never
 * uses a proxy. See the platform's pages <i>How to use managed identities on a virtual machine</i> and <i>Managed
 * identities for App Service</i>.
 *
 * @since 0.1.0
 */
public final class ManagedIdentityCredential implements TokenCredential {

    /** The variable with the address of the endpoint of an App Service. */
    public static final String ENDPOINT = "IDENTITY_ENDPOINT";

    /** The variable with the value of the header that this endpoint requires. */
    public static final String HEADER = "IDENTITY_HEADER";

    /** The variable with another address of the metadata service, such as that of a proxy in a cluster. */
    public static final String METADATA_HOST = "AZURE_POD_IDENTITY_AUTHORITY_HOST";

    /** The metadata service of a virtual machine. */
    public static final URI METADATA_SERVICE = URI.create("http://169.254.169.254");

    static final int GONE = 410;

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, String> identity;
    private final Supplier<Map<String, String>> environment;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Duration responseTimeout;

    /** Whether this credential has issued a token. Later failures do not mean that the identity does not exist. */
    private volatile boolean exists;

    private ManagedIdentityCredential(Builder from) {
        this.identity = from.identity;
        this.environment = from.environment;
        this.clock = from.clock;
        this.scheduler = from.scheduler;
        this.responseTimeout = from.responseTimeout;
    }

    /**
     * Returns a new builder, for the identity of the resource itself.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Requests an access token from the platform.
     *
     * @param request the request, with one scope that ends in {@code /.default}; the platform does not support claims
     * @return the token; {@link CredentialUnavailableException} if no managed identity is available;
     *     {@link AuthenticationException} if the platform rejects the request; a transient error if the platform is
     *     temporarily unavailable. Cancel stops the request
     */
    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.defer(() -> {
            String resource = resource(RequestedScope.withoutUser(request).scope());
            return ForeignCode.value("The source of the environment", environment::get)
                    .map(variables -> ManagedIdentityRequest.of(variables, resource, identity))
                    .flatMap(this::issued);
        });
    }

    private Mono<AccessToken> issued(ManagedIdentityRequest request) {
        return Mono.using(
                        () -> transport(request.uri()),
                        transport -> new ManagedIdentityExchange(request, transport, clock, scheduler, exists).token(),
                        ReactorNettyTransport::dispose)
                .doOnNext(token -> exists = true)
                // a new transport reads the JDK's trust store
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Duration deadline() {
        return LONGEST;
    }

    private static String resource(String scope) {
        if (!scope.endsWith(RequestedScope.DEFAULT_SUFFIX) || scope.indexOf(' ') >= 0) {
            throw TokenErrors.unusable("A managed identity takes one scope that ends in "
                    + RequestedScope.DEFAULT_SUFFIX + ", not " + scope);
        }
        return scope.substring(0, scope.length() - RequestedScope.DEFAULT_SUFFIX.length());
    }

    private ReactorNettyTransport transport(URI uri) {
        return ReactorNettyTransport.create(TransportOptions.builder()
                .plainHttpHost(uri.getHost())
                .connectTimeout(CONNECT_TIMEOUT)
                .responseTimeout(responseTimeout)
                .readTimeout(responseTimeout)
                .build());
    }

    @Override
    public String toString() {
        return "ManagedIdentityCredential" + (identity.isEmpty() ? "[system-assigned]" : identity);
    }

    /**
     * Builds {@link ManagedIdentityCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private Map<String, String> identity = Map.of();
        private Supplier<Map<String, String>> environment = System::getenv;
        private Clock clock = Clock.systemUTC();
        private Scheduler scheduler = Schedulers.parallel();
        private Duration responseTimeout = RESPONSE_TIMEOUT;

        private Builder() {}

        /**
         * Selects a user-assigned identity by its client id, instead of the identity of the resource.
         *
         * @param id the client id
         * @return this builder
         */
        public Builder clientId(String id) {
            this.identity = Map.of("client_id", id);
            return this;
        }

        /**
         * Selects a user-assigned identity by its object id, instead of the identity of the resource.
         *
         * @param id the object (principal) id
         * @return this builder
         */
        public Builder objectId(String id) {
            this.identity = Map.of("object_id", id);
            return this;
        }

        /**
         * Selects a user-assigned identity by its resource id, instead of the identity of the resource.
         *
         * @param id the resource id, a path that begins with {@code /subscriptions/}
         * @return this builder
         */
        public Builder resourceId(String id) {
            this.identity = Map.of("mi_res_id", id);
            return this;
        }

        /**
         * Sets the source of the platform's environment variables.
         *
         * @param variables called at each token request; default {@link System#getenv()}
         * @return this builder
         */
        public Builder environment(Supplier<Map<String, String>> variables) {
            this.environment = Objects.requireNonNull(variables, "variables");
            return this;
        }

        /**
         * Sets the clock used for expiry.
         *
         * @param source the clock; default the system clock
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the scheduler for delays between retries.
         *
         * @param timers the scheduler; default {@link Schedulers#parallel()}
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /** Sets the response timeout, for tests. */
        Builder responseTimeout(Duration limit) {
            this.responseTimeout = limit;
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         */
        public ManagedIdentityCredential build() {
            return new ManagedIdentityCredential(this);
        }
    }
}
