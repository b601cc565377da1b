package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.Authorization;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.internal.authorization.CallAuthorization;
import io.github.defenderreactive.runtime.internal.authorization.HeaderAuthorization;
import io.github.defenderreactive.runtime.internal.authorization.TokenAuthorization;
import io.github.defenderreactive.runtime.internal.http.CustomHeaders;
import io.github.defenderreactive.runtime.internal.retry.RetryBudget;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Builds {@link Pipeline} instances. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class PipelineBuilder {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private @Nullable Transport transport;
    private @Nullable ApiRoot root;
    private @Nullable CallAuthorization authorization;
    private RetryPolicy retry = RetryPolicy.defaults();
    private @Nullable RateLimiter limiter;
    private JsonLimits limits = JsonLimits.DEFAULT;
    private String userAgent = Pipeline.DEFAULT_USER_AGENT;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Duration pauseAfter = Pipeline.DEFAULT_PAUSE_AFTER;
    private Clock clock = Clock.systemUTC();
    private @Nullable Scheduler scheduler;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private CallListener.Factory listener = CallListener.Factory.NONE;
    private @Nullable Duration deadline;
    private CallScope scope = CallScope.open();

    PipelineBuilder() {}

    /**
     * Sets the transport. Required.
     *
     * @param sender the transport, which its owner must close
     * @return this builder
     */
    public PipelineBuilder transport(Transport sender) {
        this.transport = Objects.requireNonNull(sender, "sender");
        return this;
    }

    /**
     * Sets the root of the API. Required.
     *
     * @param uri the API root, for example {@code https://api.security.microsoft.com/api}
     * @return this builder
     * @throws IllegalArgumentException if it is not an absolute http or https URI of scheme, host, port and path
     */
    public PipelineBuilder apiRoot(URI uri) {
        this.root = new ApiRoot(uri);
        return this;
    }

    /**
     * Sets the source of access tokens. This or another authorization is required.
     *
     * @param cache the token cache
     * @param scope the scope, for example {@code https://api.securitycenter.microsoft.com/.default}
     * @return this builder
     */
    public PipelineBuilder authorization(TokenCache cache, String scope) {
        return authorization(cache, TokenRequest.of(scope));
    }

    /**
     * Sets the source of access tokens. This or another authorization is required.
     *
     * @param cache the token cache
     * @param request the token request, with claims or on behalf of a user
     * @return this builder
     */
    public PipelineBuilder authorization(TokenCache cache, TokenRequest request) {
        this.authorization = new TokenAuthorization(
                Objects.requireNonNull(cache, "cache"), Objects.requireNonNull(request, "request"));
        return this;
    }

    /**
     * Sets the authorization of an API that does not accept the access tokens of an authority.
     *
     * @param secret a header with a secret, HTTP Basic, or {@link Authorization#none()}
     * @return this builder
     */
    public PipelineBuilder authorization(Authorization secret) {
        this.authorization = new HeaderAuthorization(Objects.requireNonNull(secret, "secret"));
        return this;
    }

    /**
     * Sets the retry policy. Its budget is shared by this pipeline and those derived from it.
     *
     * @param policy default {@link RetryPolicy#defaults()}
     * @return this builder
     */
    public PipelineBuilder retry(RetryPolicy policy) {
        this.retry = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets the rate limiter.
     *
     * @param permits the rate limiter; share one between clients of the same application and tenant. Default: a new one
     *     that enforces every documented limit
     * @return this builder
     */
    public PipelineBuilder rateLimiter(RateLimiter permits) {
        this.limiter = Objects.requireNonNull(permits, "permits");
        return this;
    }

    /**
     * Sets the response size limits.
     *
     * @param most the limits, which apply unchanged to every operation. Default: {@link JsonLimits#DEFAULT}, raised for
     *     one entity to the operation's {@link OperationInfo#maxResponseBytes()}
     * @return this builder
     */
    public PipelineBuilder limits(JsonLimits most) {
        this.limits = Objects.requireNonNull(most, "most");
        return this;
    }

    /**
     * Sets the {@code User-Agent} of requests to the API.
     *
     * @param product default {@link Pipeline#DEFAULT_USER_AGENT}
     * @return this builder
     * @throws IllegalArgumentException if it is empty or not printable ASCII
     */
    public PipelineBuilder userAgent(String product) {
        this.userAgent = CustomHeaders.value("User-Agent", product);
        return this;
    }

    /**
     * Adds a header to every request to the API. A header that an operation requires replaces one of the same name.
     *
     * @param name the name; the last value for a name is used
     * @param value the value, printable ASCII
     * @return this builder
     * @throws IllegalArgumentException if the name or the value is not valid, or if the pipeline sets the header
     *     itself, such as {@code Authorization}
     */
    public PipelineBuilder defaultHeader(String name, String value) {
        headers.put(CustomHeaders.name(name), CustomHeaders.value(name, value));
        return this;
    }

    /**
     * Sets the time that a page may wait for demand before its connection is released.
     *
     * @param time the time, positive; default 10 s
     * @return this builder
     */
    public PipelineBuilder pauseAfter(Duration time) {
        this.pauseAfter = positive(time);
        return this;
    }

    /**
     * Sets the deadline of every call and every page request.
     *
     * @param limit the deadline, positive; default: the one of each operation
     * @return this builder
     */
    public PipelineBuilder deadline(Duration limit) {
        this.deadline = positive(limit);
        return this;
    }

    /**
     * Sets the clock that dates of the service, such as that of a {@code Retry-After}, are compared with.
     *
     * @param wall the clock; default: the system clock
     * @return this builder
     */
    public PipelineBuilder clock(Clock wall) {
        this.clock = Objects.requireNonNull(wall, "wall");
        return this;
    }

    /**
     * Sets the scheduler of timers, which also measures durations.
     *
     * @param timers the scheduler; default: Reactor's parallel scheduler with a monotonic clock
     * @return this builder
     */
    public PipelineBuilder scheduler(Scheduler timers) {
        this.scheduler = Objects.requireNonNull(timers, "timers");
        return this;
    }

    /**
     * Sets the source of jitter.
     *
     * @param values supplies numbers from 0 (inclusive) to 1 (exclusive)
     * @return this builder
     */
    public PipelineBuilder random(DoubleSupplier values) {
        this.random = Objects.requireNonNull(values, "values");
        return this;
    }

    /**
     * Sets the factory of the listeners to calls and attempts.
     *
     * @param listeners the factory; default {@link CallListener.Factory#NONE}
     * @return this builder
     */
    public PipelineBuilder listener(CallListener.Factory listeners) {
        this.listener = Objects.requireNonNull(listeners, "listeners");
        return this;
    }

    /**
     * Sets the scope of all calls, so that calls can be rejected and ended together.
     *
     * @param calls the scope; default: a new one that is never closed
     * @return this builder
     */
    public PipelineBuilder scope(CallScope calls) {
        this.scope = Objects.requireNonNull(calls, "calls");
        return this;
    }

    /**
     * Builds the pipeline.
     *
     * @return the pipeline
     * @throws NullPointerException if transport, API root or authorization is missing
     * @throws IllegalArgumentException if a {@linkplain #defaultHeader default header} is the header of the authorization
     */
    public Pipeline build() {
        CallAuthorization authorizing = Objects.requireNonNull(authorization, "authorization");
        if (headers.containsKey(authorizing.header())) {
            throw new IllegalArgumentException("header " + authorizing.header() + " is that of the authorization");
        }
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        sent.put("Accept", "application/json");
        sent.put("User-Agent", userAgent);
        Scheduler chosen = scheduler;
        // A given scheduler may use virtual time; otherwise the clock must be monotonic.
        LongSupplier nanos = chosen == null ? System::nanoTime : () -> chosen.now(TimeUnit.NANOSECONDS);
        return new Pipeline(new PipelineParts(
                new CallParts(
                        Objects.requireNonNull(transport, "transport"),
                        retry,
                        new RetryBudget(retry.retryBudget()),
                        limiter == null ? RateLimiter.create() : limiter,
                        clock,
                        chosen == null ? Schedulers.parallel() : chosen,
                        nanos,
                        random,
                        listener,
                        new ClockComparison(clock, nanos)),
                Objects.requireNonNull(root, "apiRoot"),
                authorizing,
                deadline,
                limits,
                Collections.unmodifiableMap(sent),
                pauseAfter,
                scope));
    }

    /** Checks a duration, and caps it if it would overflow a count of nanoseconds. */
    static Duration positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("duration must be positive, was " + time);
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
