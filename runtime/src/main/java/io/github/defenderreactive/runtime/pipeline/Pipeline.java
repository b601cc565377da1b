package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.ReportedErrorException;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.paging.PageRequest;
import io.github.defenderreactive.runtime.paging.PageTiming;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.Countdown;
import io.github.defenderreactive.runtime.retry.RetryBudget;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Lane;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Carries out calls: deadline, then retry, and within it for every attempt a permit, an access token, the transport, the
 * meaning of the status, and decoding. What generated stubs call.
 *
 * <p>Immutable and safe for use by several threads; owns nothing that must be closed. The access token is sent to the API
 * root and nowhere else.
 *
 * @since 0.1.0
 */
public final class Pipeline {

    /** How long a page may wait for demand before its connection is given up, when nothing else is chosen. */
    public static final Duration DEFAULT_PAUSE_AFTER = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int NO_CONTENT = 204;

    /** How much of a body that means nothing is read, and for how long it is waited for. */
    private static final int LONGEST_REPORT = 64 << 10;

    private static final Duration LONGEST_UNWANTED = Duration.ofSeconds(3);

    private final PipelineParts parts;

    private Pipeline(PipelineParts parts) {
        this.parts = parts;
    }

    /**
     * Begins a pipeline.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The same pipeline with another deadline; connections, tokens, permits and the retry budget are shared.
     *
     * @param limit longest time for one call or one page request, retries and waits included
     * @return a view of this pipeline
     */
    public Pipeline withDeadline(Duration limit) {
        return new Pipeline(parts.with(parts.settings().withDeadline(positive(limit))));
    }

    /**
     * The same pipeline with another retry policy; connections, tokens, permits and the retry budget are shared.
     *
     * @param policy how often and after what wait an attempt is repeated
     * @return a view of this pipeline
     */
    public Pipeline withRetry(RetryPolicy policy) {
        return new Pipeline(parts.with(parts.settings().withRetry(Objects.requireNonNull(policy, "policy"))));
    }

    /**
     * The same pipeline on a user's behalf; connections, permits and the retry budget are shared, tokens are not. Its
     * credential must be one that can do so, such as
     * {@link io.github.defenderreactive.runtime.auth.OnBehalfOfCredential}.
     *
     * @param user the token with which the user called
     * @return a view of this pipeline
     */
    public Pipeline onBehalfOf(UserAssertion user) {
        TokenRequest request = parts.settings().tokenRequest().onBehalfOf(user);
        return new Pipeline(parts.with(parts.settings().withTokenRequest(request)));
    }

    /**
     * The access token that a call would carry, from memory where possible. Cold.
     *
     * @return the token, or the error of the credential. Cancel ends the waiting of this caller only
     */
    public Mono<AccessToken> token() {
        return parts.scope().admit(parts.tokens().get(parts.settings().tokenRequest()));
    }

    /**
     * Asks for one entity or one bare value. Cold: each subscribe is a call of its own. Cancel stops it.
     *
     * @param call what is asked; its operation answers {@link ResponseShape#SINGLE}
     * @param <T> the entity
     * @return emits it; empty on 204, for a collection without an item where an entity may come in one, and on 404 when the operation calls that an empty result; else one of the
     *     {@link io.github.defenderreactive.runtime.error.DefenderException}s
     */
    public <T> Mono<T> single(Call<T> call) {
        require(call, ResponseShape.SINGLE);
        JsonDecoder<T> decoder = decoder(call);
        JsonLimits limits = limits(call.operation().info());
        return run(call, run -> (head, body) -> entity(run, decoder, limits, head, body));
    }

    /**
     * Asks for something to be done. Cold: each subscribe is a call of its own. Cancel stops it.
     *
     * @param call what is asked; its operation answers {@link ResponseShape#EMPTY}
     * @return completes when the service has accepted; else one of the
     *     {@link io.github.defenderreactive.runtime.error.DefenderException}s
     */
    public Mono<Void> empty(Call<Void> call) {
        require(call, ResponseShape.EMPTY);
        return run(call, run -> (head, body) -> nothing(run, head, body));
    }

    /**
     * Asks for a collection, page after page. Cold, and strict about demand; see {@link PagedFlux}.
     *
     * @param call what is asked; its operation answers {@link ResponseShape#COLLECTION}. With {@code $top} it is one page
     * @param <T> the item
     * @return emits the items
     */
    public <T> PagedFlux<T> paged(Call<T> call) {
        require(call, ResponseShape.COLLECTION);
        JsonDecoder<T> decoder = decoder(call);
        PageTiming timing = new PageTiming(
                deadline(call),
                parts.pauseAfter(),
                parts.scheduler(),
                parts.nanos(),
                calls -> parts.limiter().forecast(call.operation().info().quota(), calls));
        return PagedFlux.of(
                call, request -> page(call, decoder, request), parts.root().path(), timing, parts.scope());
    }

    private <T> Flux<T> page(Call<T> call, JsonDecoder<T> decoder, PageRequest<T> request) {
        CallRun<T> run = new CallRun<>(
                parts,
                call,
                request.target(),
                Lane.BULK,
                request.deadline(),
                request::begun,
                request::attempted,
                request::throttled);
        request.overdue(run::overdue);
        Flux<T> attempts = run.page(
                (head, body) -> {
                    run.succeeded();
                    return request.decode(body, decoder, parts.limits(), cause -> run.unreadable(head, cause));
                },
                request.isFirst() ? request::nothing : null);
        if (request.stalls() < 2) {
            return attempts;
        }
        Duration wait = parts.settings().retry().backoff(request.stalls() - 1, parts.random());
        return Mono.delay(wait, parts.scheduler()).thenMany(attempts);
    }

    private <T> Mono<T> run(Call<T> call, Function<CallRun<T>, ResponseReader<T>> success) {
        return Guard.mono(
                () -> {
                    Countdown deadline = new Countdown(deadline(call), parts.nanos());
                    deadline.run(true);
                    String query = call.renderedQuery();
                    String target = query.isEmpty() ? call.renderedPath() : call.renderedPath() + "?" + query;
                    CallRun<T> run = new CallRun<>(
                            parts, call, target, Lane.INTERACTIVE, deadline, () -> false, sent -> {}, waited -> {});
                    return parts.scope().admit(run.single(success.apply(run), deadline));
                },
                thrown ->
                        JvmErrorException.signal(thrown, call.operation().info().id()));
    }

    /** The default leaves room for the largest response that the service sends; limits that were chosen hold as they are. */
    private JsonLimits limits(OperationInfo operation) {
        JsonLimits limits = parts.limits();
        return limits.equals(JsonLimits.DEFAULT) && operation.maxResponseBytes() > limits.entityBytes()
                ? limits.withEntity(operation.maxResponseBytes(), limits.entityValues())
                : limits;
    }

    private <T> Publisher<T> entity(
            CallRun<T> run, JsonDecoder<T> decoder, JsonLimits limits, ResponseHead head, Flux<ByteBuffer> body) {
        int most = limits.entityBytes();
        // One byte more than allowed is enough for the reader to refuse it.
        return BodyBuffer.read(body, most == Integer.MAX_VALUE ? most : most + 1)
                .flatMap(read -> {
                    Throwable broken = read.broken();
                    if (broken != null) {
                        Throwable reported = reportedIn(read, run, head);
                        return Mono.error(reported == null ? run.unreadable(head, broken) : reported);
                    }
                    try {
                        T value = head.status() == NO_CONTENT
                                ? null
                                : decode(read, JsonDecoder.unlessError(decoder), limits);
                        run.succeeded();
                        return Mono.justOrEmpty(value);
                    } catch (Throwable e) {
                        return Mono.error(run.unreadable(head, e));
                    }
                });
    }

    /** A 2xx is the response; of its body only an error counts that it may report. */
    private <T> Publisher<T> nothing(CallRun<T> run, ResponseHead head, Flux<ByteBuffer> body) {
        return BodyBuffer.read(body.takeUntilOther(Mono.delay(LONGEST_UNWANTED, parts.scheduler())), LONGEST_REPORT)
                .flatMap(read -> {
                    Throwable reported = reportedIn(read, run, head);
                    if (reported != null) {
                        return Mono.error(reported);
                    }
                    run.succeeded();
                    return Mono.empty();
                });
    }

    /** The error that a body reports, even if it broke off behind it, or null. */
    private @Nullable Throwable reportedIn(BodyBuffer read, CallRun<?> run, ResponseHead head) {
        try {
            decode(read, JsonDecoder.nothing(), parts.limits());
            return null;
        } catch (ReportedErrorException reported) {
            return run.unreadable(head, reported);
        } catch (Throwable none) {
            return null;
        }
    }

    private static <T extends @Nullable Object> T decode(BodyBuffer read, JsonDecoder<T> decoder, JsonLimits limits) {
        JsonReader in = JsonReader.of(read.array(), 0, read.length(), limits);
        T value = decoder.read(in);
        in.end();
        return value;
    }

    /** A duration that stands for ever is taken for one that nanoseconds can count. */
    private static Duration positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A duration must be positive: " + time);
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    private Duration deadline(Call<?> call) {
        Duration chosen = parts.settings().deadline();
        return chosen == null ? call.operation().info().timeout() : chosen;
    }

    private static <T> JsonDecoder<T> decoder(Call<T> call) {
        return Objects.requireNonNull(call.operation().responseDecoder(), "responseDecoder");
    }

    private static void require(Call<?> call, ResponseShape shape) {
        ResponseShape actual = call.operation().shape();
        if (actual != shape) {
            throw new IllegalArgumentException(call.operation().info().id() + " answers " + actual + ", not " + shape);
        }
    }

    /** Collects what a pipeline works with. */
    public static final class Builder {

        private @Nullable Transport transport;
        private @Nullable ApiRoot root;
        private @Nullable TokenCache tokens;
        private @Nullable TokenRequest tokenRequest;
        private RetryPolicy retry = RetryPolicy.defaults();
        private @Nullable RateLimiter limiter;
        private JsonLimits limits = JsonLimits.DEFAULT;
        private String userAgent = "defender-reactive";
        private Duration pauseAfter = DEFAULT_PAUSE_AFTER;
        private Clock clock = Clock.systemUTC();
        private @Nullable Scheduler scheduler;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private CallListener.Factory listener = CallListener.Factory.NONE;
        private @Nullable Duration deadline;
        private CallScope scope = CallScope.open();

        private Builder() {}

        /**
         * Sets what sends requests. Required.
         *
         * @param sender the transport; its owner closes it
         * @return this builder
         */
        public Builder transport(Transport sender) {
            this.transport = Objects.requireNonNull(sender, "sender");
            return this;
        }

        /**
         * Sets where the API is. Required.
         *
         * @param uri the API root, for example {@code https://api.security.microsoft.com/api}
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute http URI of scheme, host, port and path
         */
        public Builder apiRoot(URI uri) {
            this.root = new ApiRoot(uri);
            return this;
        }

        /**
         * Sets where access tokens come from. Required.
         *
         * @param cache the tokens
         * @param scope what they are for, for example {@code https://api.securitycenter.microsoft.com/.default}
         * @return this builder
         */
        public Builder authorization(TokenCache cache, String scope) {
            return authorization(cache, TokenRequest.of(scope));
        }

        /**
         * Sets where access tokens come from. Required.
         *
         * @param cache the tokens
         * @param request what they are for, with claims or on a user's behalf
         * @return this builder
         */
        public Builder authorization(TokenCache cache, TokenRequest request) {
            this.tokens = Objects.requireNonNull(cache, "cache");
            this.tokenRequest = Objects.requireNonNull(request, "request");
            return this;
        }

        /**
         * Sets the retry policy. Its budget is the one of this pipeline and its views.
         *
         * @param policy default {@link RetryPolicy#defaults()}
         * @return this builder
         */
        public Builder retry(RetryPolicy policy) {
            this.retry = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the rate limiter.
         *
         * @param permits default a new one that keeps every documented limit; share one between clients of the same
         *     application and tenant
         * @return this builder
         */
        public Builder rateLimiter(RateLimiter permits) {
            this.limiter = Objects.requireNonNull(permits, "permits");
            return this;
        }

        /**
         * Sets what an answer may ask of memory.
         *
         * @param most default {@link JsonLimits#DEFAULT}, with as many more bytes for one entity as the operation's
         *     {@link OperationInfo#maxResponseBytes()} says; other limits hold for every operation as they are
         * @return this builder
         */
        public Builder limits(JsonLimits most) {
            this.limits = Objects.requireNonNull(most, "most");
            return this;
        }

        /**
         * Sets the {@code User-Agent}.
         *
         * @param product default {@code defender-reactive}
         * @return this builder
         */
        public Builder userAgent(String product) {
            this.userAgent = Objects.requireNonNull(product, "product");
            return this;
        }

        /**
         * Sets how long a page may wait for demand before its connection is given up.
         *
         * @param time positive, default 10 s
         * @return this builder
         */
        public Builder pauseAfter(Duration time) {
            this.pauseAfter = positive(time);
            return this;
        }

        /**
         * Sets one deadline for every call and every page request.
         *
         * @param limit positive; default the one of each operation
         * @return this builder
         */
        public Builder deadline(Duration limit) {
            this.deadline = positive(limit);
            return this;
        }

        /**
         * Sets what dates of the service, such as that of a {@code Retry-After}, are compared with.
         *
         * @param wall default the system's clock
         * @return this builder
         */
        public Builder clock(Clock wall) {
            this.clock = Objects.requireNonNull(wall, "wall");
            return this;
        }

        /**
         * Sets what runs timers and tells how much time has passed.
         *
         * @param timers default Reactor's parallel scheduler with a monotonic clock
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Sets the source of jitter.
         *
         * @param values numbers from 0 inclusive to 1 exclusive
         * @return this builder
         */
        public Builder random(DoubleSupplier values) {
            this.random = Objects.requireNonNull(values, "values");
            return this;
        }

        /**
         * Sets who hears of calls and attempts.
         *
         * @param hearing default {@link CallListener.Factory#NONE}
         * @return this builder
         */
        public Builder listener(CallListener.Factory hearing) {
            this.listener = Objects.requireNonNull(hearing, "hearing");
            return this;
        }

        /**
         * Sets what every call is part of, so that calls can be refused and ended together.
         *
         * @param calls default a scope of its own, which is never closed
         * @return this builder
         */
        public Builder scope(CallScope calls) {
            this.scope = Objects.requireNonNull(calls, "calls");
            return this;
        }

        /**
         * Finishes the pipeline.
         *
         * @return the pipeline
         * @throws NullPointerException if transport, API root or authorization is missing
         */
        public Pipeline build() {
            Scheduler chosen = scheduler;
            // A chosen scheduler may run on virtual time; without one the clock must not jump with the wall's.
            LongSupplier nanos = chosen == null ? System::nanoTime : () -> chosen.now(TimeUnit.NANOSECONDS);
            return new Pipeline(new PipelineParts(
                    Objects.requireNonNull(transport, "transport"),
                    Objects.requireNonNull(root, "apiRoot"),
                    Objects.requireNonNull(tokens, "authorization"),
                    new CallSettings(Objects.requireNonNull(tokenRequest, "authorization"), retry, deadline),
                    new RetryBudget(retry.budget()),
                    limiter == null ? RateLimiter.create() : limiter,
                    limits,
                    userAgent,
                    pauseAfter,
                    clock,
                    chosen == null ? Schedulers.parallel() : chosen,
                    nanos,
                    random,
                    listener,
                    new ClockComparison(clock, nanos),
                    scope));
        }
    }
}
