package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.DefenderEndpoint;
import io.github.defenderreactive.client.api.LibraryApi;
import io.github.defenderreactive.client.hunting.Hunting;
import io.github.defenderreactive.client.liveresponse.LiveResponse;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck;
import io.github.defenderreactive.runtime.auth.oauth.AuthorityContext;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificateCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.pipeline.PipelineBuilder;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The entry point: the APIs of one tenant, called with one identity. These are Microsoft Defender for Endpoint and the
 * related parts of Microsoft Graph ({@link #graphSecurity()}) and Defender XDR ({@link #defenderXdr()}). Each of the
 * three has a token of its own, which is requested at the first call of the API.
 *
 * <p>A client owns its tokens, its rate limiter, and its connections unless they are those of {@link ClientResources}.
 * Share one client while the application runs, and close it at the end. Thread-safe. Nothing is sent before a returned
 * publisher is subscribed to, and each subscription is a call of its own.
 *
 * @since 0.1.0
 */
public final class DefenderClient extends DefenderEndpoint implements AutoCloseable {

    private final Pipelines pipelines;
    private final Downloads downloads;
    private final CallScope calls;
    private final Mono<Void> closing;
    private final Alerts alerts;
    private final MachineActions machineActions;
    private final LiveResponse liveResponse;
    private final Machines machines;
    private final Exports exports;
    private final Indicators indicators;
    private final Graph graphSecurity;
    private final Xdr defenderXdr;
    private final Hunting hunting;

    /**
     * Creates a client, or one derived from another.
     *
     * @param calls the calls that {@code closing} ends
     * @param closing closes what the client owns; empty for a derived client
     * @param origin the client from which this one is derived, or null
     */
    private DefenderClient(
            Pipelines pipelines,
            Downloads downloads,
            CallScope calls,
            Mono<Void> closing,
            @Nullable DefenderClient origin) {
        super(pipelines.of(Api.DEFENDER_ENDPOINT));
        this.pipelines = pipelines;
        this.downloads = downloads;
        this.calls = calls;
        this.closing = closing;
        Pipeline endpoint = pipelines.of(Api.DEFENDER_ENDPOINT);
        this.alerts = new Alerts(endpoint);
        this.machineActions = origin == null
                ? new MachineActions(endpoint, downloads)
                : origin.machineActions.derived(endpoint, downloads);
        this.liveResponse =
                LiveResponse.of(machineActions.workflow(), machineActions, new LibraryApi(endpoint), downloads);
        this.machines = new Machines(endpoint);
        this.exports = new Exports(endpoint, downloads);
        this.indicators = new Indicators(endpoint);
        this.graphSecurity = new Graph(pipelines.of(Api.GRAPH_SECURITY));
        this.defenderXdr = new Xdr(pipelines.of(Api.DEFENDER_XDR));
        this.hunting = new Hunting(pipelines::of);
    }

    /**
     * Returns a new builder.
     *
     * @return a builder for the worldwide cloud
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the operations on alerts, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public Alerts alerts() {
        return alerts;
    }

    /**
     * Returns the response actions on devices, from the request to the end, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public MachineActions machineActions() {
        return machineActions;
    }

    /**
     * Returns live response: sessions that run scripts and copy files on devices, from the request to the results.
     *
     * @return the workflow
     */
    public LiveResponse liveResponse() {
        return liveResponse;
    }

    /**
     * Returns the operations on devices, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public Machines machines() {
        return machines;
    }

    /**
     * Returns the full exports, page by page or by files, with a continuous watch of changes.
     *
     * @return the operations
     */
    @Override
    public Exports exports() {
        return exports;
    }

    /**
     * Returns the operations on indicators, with a sync to a wanted state.
     *
     * @return the operations
     */
    @Override
    public Indicators indicators() {
        return indicators;
    }

    /**
     * Returns the downloads of signed links: investigation packages, results of live response commands, files of
     * exports. They have connections of their own, and the access token is never sent with them.
     *
     * @return the downloads
     */
    public Downloads downloads() {
        return downloads;
    }

    /**
     * Returns the security API of Microsoft Graph: alerts and incidents of all Defender products, and hunting.
     *
     * @return the API
     */
    public Graph graphSecurity() {
        return graphSecurity;
    }

    /**
     * Returns the API of Defender XDR, with its incidents.
     *
     * @return the API
     */
    public Xdr defenderXdr() {
        return defenderXdr;
    }

    /**
     * Returns hunting, with bound values, rows as a stream, and ranges of time of any size. Through Microsoft Graph
     * unless another API is selected.
     *
     * @return hunting
     */
    public Hunting hunting() {
        return hunting;
    }

    /**
     * Calls an operation of any API whose response is one value. {@link Api#operations()} lists the operations.
     *
     * @param call operation and arguments
     * @param <T> the value
     * @return the value; empty if the operation documents 404 as "none"; a {@link DefenderException} otherwise. Cancel
     *     stops the call.
     */
    public <T> Mono<T> single(Call<T> call) {
        return pipelines.of(call).single(call);
    }

    /**
     * Calls an operation of any API whose response is empty.
     *
     * @param call operation and arguments
     * @return completes when the service has accepted; a {@link DefenderException} otherwise. Cancel stops the wait for
     *     the response, not what the service already does.
     */
    public Mono<Void> empty(Call<Void> call) {
        return pipelines.of(call).empty(call);
    }

    /**
     * Calls an operation of any API whose response is a collection.
     *
     * @param call operation and arguments
     * @param <T> the item
     * @return the items page after page, see {@link PagedFlux}
     */
    public <T> PagedFlux<T> paged(Call<T> call) {
        return pipelines.of(call).paged(call);
    }

    /**
     * Returns a client with another deadline for every call, which shares connections, tokens and limiter with this
     * one. Closing the derived client has no effect.
     *
     * @param deadline limit of one call or one page request, and of the time without a byte of a download; retries and
     *     waits included
     * @return a derived client
     */
    public DefenderClient withDeadline(Duration deadline) {
        return derived(pipelines.with(pipeline -> pipeline.withDeadline(deadline)), downloads.withDeadline(deadline));
    }

    /**
     * Returns a client with another retry policy, which shares connections, tokens and limiter with this one. Closing
     * the derived client has no effect.
     *
     * @param policy the retry policy
     * @return a derived client
     */
    public DefenderClient withRetry(RetryPolicy policy) {
        return derived(pipelines.with(pipeline -> pipeline.withRetry(policy)), downloads.withRetry(policy));
    }

    /**
     * Returns a client that calls on behalf of a user, which shares connections and limiter with this one, but no
     * tokens. The credential must support it, as {@link OnBehalfOfCredential} does. Closing the derived client has no
     * effect.
     *
     * @param user the token with which the user called this application
     * @return a derived client
     */
    public DefenderClient onBehalfOf(UserAssertion user) {
        return derived(pipelines.with(pipeline -> pipeline.onBehalfOf(user)), downloads);
    }

    private DefenderClient derived(Pipelines pipelines, Downloads downloads) {
        return new DefenderClient(pipelines, downloads, CallScope.open(), Mono.empty(), this);
    }

    /**
     * Returns the access token of the calls of an API, to check its permissions before the first call with
     * {@link AccessTokenClaims} and {@link PermissionCheck}. Cold.
     *
     * @param api the API that the token is for
     * @return the token, from the cache if possible; an {@link AuthenticationException} or another error of the
     *     credential otherwise. Cancel ends the wait of this subscriber only.
     */
    public Mono<AccessToken> token(Api api) {
        return pipelines.of(Objects.requireNonNull(api, "api")).token();
    }

    /**
     * Closes the client, the clients derived from it, and its connections unless they are shared. Calls in progress and
     * later calls fail with {@link ClientClosedException}, which is not transient; a call that must not be sent twice
     * and may have reached the service fails with {@link OutcomeUnknownException}. A watch ends at its next poll. Does
     * not block and does not wait for the calls to end. Further closes have no effect.
     */
    @Override
    public void close() {
        closing.subscribe();
    }

    /**
     * Closes the client like {@link #close()}, after the calls in progress. Later calls are refused at once. The calls
     * in progress may continue for the grace period, with further pages and retries; the rest are ended then.
     *
     * @param grace longest time for calls in progress; zero for none
     * @return completes when no call is in progress and everything that the client owns is closed. Every subscription
     *     closes; the second one has no effect
     * @throws IllegalArgumentException if the time is negative
     */
    public Mono<Void> closeLater(Duration grace) {
        return GracefulClose.of(calls, grace, closing);
    }

    boolean isClosed() {
        return calls.isClosed();
    }

    /**
     * Builds {@link DefenderClient} instances. Required: a credential, and the tenant unless the credential names it.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private DefenderEnvironment environment = DefenderEnvironment.WORLDWIDE;
        private @Nullable String tenantId;
        private @Nullable OAuthCredentialBuilder<?> credentialBuilder;
        private @Nullable TokenCredential credential;
        private @Nullable TransportOptions transportOptions;
        private @Nullable X509Certificate certificate;
        private RetryPolicy retryPolicy = RetryPolicy.defaults();
        private @Nullable Duration deadline;
        private @Nullable RateLimiter rateLimiter;
        private @Nullable ClientResources resources;
        private Duration pauseAfter = Pipeline.DEFAULT_PAUSE_AFTER;
        private CallListener.Factory callListener = CallListener.Factory.NONE;
        private JsonLimits jsonLimits = JsonLimits.DEFAULT;
        private String userAgent = Pipeline.DEFAULT_USER_AGENT;
        private final Map<String, String> defaultHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Builder() {}

        /**
         * Sets the cloud environment.
         *
         * @param value the cloud; default {@link DefenderEnvironment#WORLDWIDE}
         * @return this builder
         */
        public Builder environment(DefenderEnvironment value) {
            this.environment = Objects.requireNonNull(value, "environment");
            return this;
        }

        /**
         * Sets everything that is needed to connect to one service, such as an emulator, which returns the connection:
         * the addresses of its APIs and its authority, tenant, application, secret, and the certificate to trust. For
         * values that other setters set too, the last call wins. The certificate is trusted in addition to those of
         * {@link #transportOptions}. It has no effect on the connections of {@link #resources}, which must trust it
         * already.
         *
         * @param value the connection
         * @return this builder
         */
        public Builder connection(ServiceConnection value) {
            this.certificate = value.certificate();
            return environment(DefenderEnvironment.WORLDWIDE
                            .withServer(value.url())
                            .withAuthority(value.authority()))
                    .tenantId(value.tenantId())
                    .clientSecret(value.clientId(), value::clientSecret);
        }

        /**
         * Sets the tenant for which tokens are requested.
         *
         * @param value tenant id (a GUID) or a verified domain name
         * @return this builder
         */
        public Builder tenantId(String value) {
            this.tenantId = Objects.requireNonNull(value, "tenantId");
            return this;
        }

        /**
         * Sets a credential with a client secret. The last credential wins.
         *
         * @param id application id
         * @param secret called at each token request, so that a new secret works without a restart; may block
         * @return this builder
         */
        public Builder clientSecret(String id, Supplier<String> secret) {
            return credential(ClientSecretCredential.builder()
                    .clientId(Objects.requireNonNull(id, "clientId"))
                    .secret(Objects.requireNonNull(secret, "secret")));
        }

        /**
         * Sets a credential with a client certificate. The last credential wins.
         *
         * @param id application id
         * @param value the certificate and its key; its files are read at each token request, so that a renewed
         *     certificate works without a restart
         * @return this builder
         */
        public Builder clientCertificate(String id, ClientCertificate value) {
            return credential(ClientCertificateCredential.builder()
                    .clientId(Objects.requireNonNull(id, "clientId"))
                    .certificate(Objects.requireNonNull(value, "certificate")));
        }

        /**
         * Sets the credential. The client caches its tokens. The last credential wins.
         *
         * @param value the credential
         * @return this builder
         */
        public Builder credential(TokenCredential value) {
            this.credential = Objects.requireNonNull(value, "credential");
            this.credentialBuilder = null;
            return this;
        }

        /**
         * Sets a credential that requests tokens from an authority. Authority, tenant and connections that its builder
         * does not have are those of this client. The last credential wins.
         *
         * @param builder the builder of the credential; it is not changed
         * @return this builder
         */
        public Builder credential(OAuthCredentialBuilder<?> builder) {
            this.credentialBuilder = Objects.requireNonNull(builder, "builder");
            this.credential = null;
            return this;
        }

        /**
         * Sets connections that other clients use too. Closing the client leaves them open.
         *
         * @param value the resources; by default the client has connections of its own, with its
         *     {@link #transportOptions}
         * @return this builder
         */
        public Builder resources(ClientResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /**
         * Sets timeouts, pools, trust and proxy of the client's own connections. Cannot be combined with
         * {@link #resources}, which have options of their own.
         *
         * @param value the options; default {@link TransportOptions#defaults()}
         * @return this builder
         */
        public Builder transportOptions(TransportOptions value) {
            this.transportOptions = Objects.requireNonNull(value, "transportOptions");
            return this;
        }

        /**
         * Sets the retry policy.
         *
         * @param value the policy; default {@link RetryPolicy#defaults()}
         * @return this builder
         */
        public Builder retryPolicy(RetryPolicy value) {
            this.retryPolicy = Objects.requireNonNull(value, "retryPolicy");
            return this;
        }

        /**
         * Sets the deadline of every call. {@link DefenderClient#withDeadline} sets that of single calls.
         *
         * @param value positive limit of one call or one page request, and of the time without a byte of a download;
         *     retries and waits included. By default each operation has its own, and downloads have
         *     {@link Downloads#DEFAULT_DEADLINE}
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder deadline(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("deadline must be positive, was " + value);
            }
            this.deadline = value;
            return this;
        }

        /**
         * Sets the rate limiter. Share one instance between clients of the same tenant and application.
         *
         * @param value the limiter; by default the client has one of its own, which keeps the documented quotas
         * @return this builder
         */
        public Builder rateLimiter(RateLimiter value) {
            this.rateLimiter = Objects.requireNonNull(value, "rateLimiter");
            return this;
        }

        /**
         * Sets how long a stream may stay without demand before its connection is released. When demand returns, the
         * stream resumes from the same position: it requests the page again and skips the items that were delivered.
         *
         * @param value the time; default {@link Pipeline#DEFAULT_PAUSE_AFTER}
         * @return this builder
         */
        public Builder pauseAfter(Duration value) {
            this.pauseAfter = Objects.requireNonNull(value, "pauseAfter");
            return this;
        }

        /**
         * Sets the factory of the listeners notified of calls and attempts, for metrics and traces. Downloads are
         * reported as calls of {@link Downloads#OPERATION}. {@link CallListener.Factory#andThen} combines two factories.
         *
         * @param value the factory; default {@link CallListener.Factory#NONE}
         * @return this builder
         */
        public Builder callListener(CallListener.Factory value) {
            this.callListener = Objects.requireNonNull(value, "callListener");
            return this;
        }

        /**
         * Sets the size limits of responses. A larger response fails with {@link DecodeException}. The defaults for
         * items of collections fit in a JVM of 64 MB; raise them together with its memory, for example by {@code
         * JsonLimits.builder().itemBytes(16 << 20).itemValues(400_000).build()}.
         *
         * @param value the limits; default {@link JsonLimits#DEFAULT}
         * @return this builder
         */
        public Builder jsonLimits(JsonLimits value) {
            this.jsonLimits = Objects.requireNonNull(value, "jsonLimits");
            return this;
        }

        /**
         * Sets the {@code User-Agent} of API calls, by which the owner of the tenant can recognise the application.
         *
         * @param value for example {@code my-soc/2.1}; default {@link Pipeline#DEFAULT_USER_AGENT}
         * @return this builder
         * @throws IllegalArgumentException if it is empty, begins or ends with a blank, or is not printable ASCII
         */
        public Builder userAgent(String value) {
            // Checked at once, not by build(), so that the error points to the mistake.
            Pipeline.builder().userAgent(value);
            this.userAgent = value;
            return this;
        }

        /**
         * Adds a header to every API call, for example one that a gateway requires. It is never sent to the authority
         * or to the storage of signed links. A header that an operation requires replaces one of the same name. The
         * value of a header whose name indicates a secret, such as {@code Ocp-Apim-Subscription-Key}, is removed from
         * messages.
         *
         * @param name the name; the last value for a name is used
         * @param value the value, printable ASCII
         * @return this builder
         * @throws IllegalArgumentException if the name or the value is not valid, or if the client sets the header
         *     itself, such as {@code Authorization}, {@code Host} and {@code Content-Length}
         */
        public Builder defaultHeader(String name, String value) {
            Pipeline.builder().defaultHeader(name, value);
            defaultHeaders.put(name, value);
            return this;
        }

        /**
         * Builds the client. Opens no connection yet.
         *
         * @return the client
         * @throws IllegalStateException if the credential or a value that it needs is missing, or if both
         *     {@link #transportOptions} and {@link #resources} are set; the message names them
         */
        public DefenderClient build() {
            if (resources != null && transportOptions != null) {
                throw new IllegalStateException(
                        "transportOptions(...) has no effect on the connections of resources(...);"
                                + " set the options with ClientResources.builder().transportOptions(...) instead");
            }
            ClientResources own = resources == null ? ClientResources.create(ownOptions()) : null;
            ClientResources used = own == null ? Objects.requireNonNull(resources) : own;
            TokenCache tokens;
            try {
                tokens = TokenCache.of(credential(used.authority()));
            } catch (RuntimeException e) {
                if (own != null) {
                    own.close();
                }
                throw e;
            }
            RateLimiter permits = rateLimiter == null ? RateLimiter.create() : rateLimiter;
            CallScope calls = used.calls().inner();
            // the client shares connections, but ends only its own exchanges when it is closed
            ReactorNettyTransport api = used.api().share();
            ReactorNettyTransport storage = used.storage().share();
            Pipelines pipelines = new Pipelines(served -> pipeline(served, api, tokens, permits, calls));
            Mono<Void> closing = Mono.defer(() -> {
                calls.close();
                // a call that waits for a response ends with the more precise error of its exchange, so exchanges end
                // first
                return Mono.when(api.closeNow(), storage.closeNow())
                        .doOnTerminate(calls::cut)
                        .then(own == null ? Mono.empty() : own.closeLater(Duration.ZERO));
            });
            Downloads downloads =
                    Downloads.over(storage, retryPolicy).within(calls).observedBy(callListener);
            return new DefenderClient(
                    pipelines, deadline == null ? downloads : downloads.withDeadline(deadline), calls, closing, null);
        }

        private Pipeline pipeline(
                Api served, Transport transport, TokenCache tokens, RateLimiter permits, CallScope calls) {
            PipelineBuilder pipeline = Pipeline.builder()
                    .transport(transport)
                    .apiRoot(environment.apiRoot(served))
                    .authorization(tokens, environment.scope(served))
                    .retry(retryPolicy)
                    .pauseAfter(pauseAfter)
                    .rateLimiter(permits)
                    .listener(callListener)
                    .limits(jsonLimits)
                    .userAgent(userAgent)
                    .scope(calls);
            defaultHeaders.forEach(pipeline::defaultHeader);
            return (deadline == null ? pipeline : pipeline.deadline(deadline)).build();
        }

        private TransportOptions ownOptions() {
            TransportOptions chosen = transportOptions == null ? TransportOptions.defaults() : transportOptions;
            if (certificate == null) {
                return chosen;
            }
            List<X509Certificate> all = new ArrayList<>(chosen.trustedCertificates());
            all.add(certificate);
            return chosen.mutate().trustedCertificates(all).build();
        }

        private TokenCredential credential(Transport authority) {
            if (credentialBuilder != null) {
                return credentialBuilder.build(new AuthorityContext(environment.authority(), tenantId, authority));
            }
            if (credential == null) {
                throw new IllegalStateException(
                        "Missing: credential(...), clientSecret(...) or clientCertificate(...)");
            }
            return credential;
        }
    }
}
