package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.Denial;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.ReportedErrorException;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.ratelimit.Allowance;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.Countdown;
import io.github.defenderreactive.runtime.retry.Deadline;
import io.github.defenderreactive.runtime.retry.RetryVerdict;
import io.github.defenderreactive.runtime.transport.Lane;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One call, or one request of a page, of one subscriber: its attempts and what is known after each. The attempts follow
 * one another, so the fields need no more than visibility.
 *
 * <p>Two clocks run. That of the {@link Deadline} counts sending, receiving and the waits between attempts; it stands while
 * a permit is waited for. The waits for permits are bounded by the limiter's longest wait: the first one, and those of all
 * further attempts together once more.
 */
final class CallRun<T> {

    private static final Logger LOG = LoggerFactory.getLogger(CallRun.class);

    private static final int ERROR_BODY_LIMIT = 64 << 10;

    /** A peer may ask for more; but no window of a quota is longer, so it is asked again then. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What an attempt needs at the least, when the deadline is not much longer itself. */
    private static final Duration LEAST_FOR_AN_ATTEMPT = Duration.ofSeconds(1);

    private static final int LEAST_PART_OF_LIMIT = 10;

    private final PipelineParts parts;
    private final OperationInfo operation;
    private final URI uri;
    private final Mono<RequestContent> content;
    private final Lane lane;
    private final Deadline deadline;
    private final BooleanSupplier begun;
    private final IntConsumer attempted;
    private final Consumer<Duration> throttled;

    private volatile CallInstrumentation watch = CallInstrumentation.NONE;
    private volatile Redaction redaction = Redaction.NONE;
    private volatile int sent;
    private volatile int failures;
    private volatile int notFound;
    private volatile boolean inFlight;
    private volatile boolean tokenReplaced;
    private volatile Duration waitedAgain = Duration.ZERO;
    private volatile @Nullable DefenderException refusal;
    private volatile @Nullable AccessToken token;
    private volatile Instant sentAt = Instant.EPOCH;

    CallRun(
            PipelineParts parts,
            Call<T> call,
            String target,
            Lane lane,
            Deadline deadline,
            BooleanSupplier begun,
            IntConsumer attempted,
            Consumer<Duration> throttled) {
        this.parts = parts;
        this.operation = call.operation().info();
        this.uri = parts.root().below(target);
        this.content = RequestContent.of(call);
        this.lane = lane;
        this.deadline = deadline;
        this.begun = begun;
        this.attempted = attempted;
        this.throttled = throttled;
    }

    /**
     * A call for at most one value.
     *
     * @param success reads the body of a 2xx
     * @param time the deadline, which ends the call
     */
    Mono<T> single(ResponseReader<T> success, Countdown time) {
        Mono<T> call = attempts(success, Flux::empty)
                .singleOrEmpty()
                .timeout(time.end(parts.scheduler()), Mono.defer(() -> Mono.error(overdue())));
        return observed(call.flux()).singleOrEmpty();
    }

    /**
     * A request for a page, whose deadline is kept by its stream.
     *
     * @param success reads the body of a 2xx
     * @param nothing what a 404 gives when the operation calls that an empty result; null when there cannot be one
     */
    Flux<T> page(ResponseReader<T> success, @Nullable Supplier<? extends Publisher<T>> nothing) {
        return observed(attempts(success, nothing));
    }

    private Flux<T> observed(Flux<T> call) {
        CallListener.Factory listener = parts.listener();
        return CallInstrumentation.isIdle(listener)
                ? call
                : Flux.deferContextual(context -> {
                    CallInstrumentation begun = CallInstrumentation.begin(listener, operation, context, parts.nanos());
                    watch = begun;
                    return begun.call(call, deadline);
                });
    }

    private Flux<T> attempts(ResponseReader<T> success, @Nullable Supplier<? extends Publisher<T>> nothing) {
        return Flux.deferContextual(context -> Guard.flux(
                        () -> attempt((head, body) -> guarded(() -> {
                            ServerDate.tell(context, head, parts.clock());
                            parts.clocks().compare(head);
                            return read(head, body, success, nothing);
                        })),
                        this::thrown))
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> {
                    Throwable failure = signal.failure();
                    return failure instanceof DefenderException known
                            ? Guard.mono(() -> afterFailure(known), this::thrown)
                            : Mono.error(failure);
                })));
    }

    /** What follows may run on any thread, and nothing that it throws may be lost there. */
    private Flux<T> guarded(Supplier<? extends Publisher<T>> source) {
        return Guard.flux(source, this::thrown);
    }

    private Flux<T> attempt(ResponseReader<T> reader) {
        // First, so that a missing file costs neither a permit nor a token.
        return content.flatMapMany(sending -> guarded(() -> permit().thenMany(guarded(() -> watch.token(
                        parts.tokens().get(parts.settings().tokenRequest()))
                .flatMapMany(issued -> guarded(() -> send(issued, sending, reader)))))));
    }

    private Mono<Void> permit() {
        RateLimiter limiter = parts.limiter();
        Quota quota = operation.quota();
        boolean again = sent > 0;
        Mono<Void> permit =
                again ? limiter.acquireAgain(quota, lane, patience()) : limiter.acquire(quota, lane, limiter.maxWait());
        Mono<Void> counted = Mono.defer(() -> {
            long asked = parts.nanos().getAsLong();
            deadline.waitsForPermit(true);
            Runnable count = () -> {
                Duration waited = Duration.ofNanos(parts.nanos().getAsLong() - asked);
                deadline.waitsForPermit(false);
                throttled.accept(waited);
                if (again) {
                    Duration before = waitedAgain;
                    waitedAgain = before.plus(waited);
                }
            };
            return permit.doOnTerminate(count).doOnCancel(count);
        });
        return watch.permit(counted, () -> limiter.waiting(quota));
    }

    /** How long this call may still wait for permits of further attempts. */
    private Duration patience() {
        return parts.limiter().maxWait().minus(waitedAgain);
    }

    private Flux<T> send(AccessToken issued, RequestContent sending, ResponseReader<T> reader) {
        if (isTooLate(Duration.ZERO)) {
            return Flux.error(overdue());
        }
        token = issued;
        sentAt = parts.clock().instant();
        int number = sent + 1;
        sent = number;
        attempted.accept(number);
        TransportRequest request = request(issued, sending);
        Redaction before = redaction;
        redaction = before.and(Redaction.of(request));
        return watch.attempt(number, parts.transport().exchange(request, reader, this::sending), deadline);
    }

    /** Told by the transport, on whatever thread it has. */
    private void sending() {
        inFlight = true;
        try {
            sentAt = parts.clock().instant();
        } catch (Throwable noTime) {
            LOG.debug("The clock failed; the time before the connection was made stands for that of sending", noTime);
        }
    }

    private TransportRequest request(AccessToken issued, RequestContent sending) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + issued.value());
        headers.put("Accept", "application/json");
        headers.put("User-Agent", parts.userAgent());
        headers.putAll(operation.headers());
        if (sending.type() != null) {
            headers.put("Content-Type", sending.type());
        }
        return new TransportRequest(operation.method(), uri, headers, sending.body(), lane);
    }

    private Publisher<T> read(
            ResponseHead head,
            Flux<ByteBuffer> bytes,
            ResponseReader<T> success,
            @Nullable Supplier<? extends Publisher<T>> nothing) {
        int status = head.status();
        Flux<ByteBuffer> body = watch.response(head, redaction, bytes);
        if (status >= 200 && status < 300) {
            return success.read(head, body);
        }
        return BodyBuffer.read(body, ERROR_BODY_LIMIT)
                .flatMapMany(read -> guarded(() -> {
                    ErrorBody error = ErrorBody.read(read.array(), read.length(), redaction);
                    return nothing != null && operation.emptyOnNotFound() && StatusMapping.isNone(head, error)
                            ? nothing.get()
                            : Flux.error(mapping().error(head, error));
                }));
    }

    private StatusMapping mapping() {
        return new StatusMapping(operation, parts.clock(), this::denial, redaction);
    }

    private String denial() {
        AccessToken used = token;
        return used == null
                ? ""
                : Denial.likelyCause(operation, used, parts.settings().tokenRequest());
    }

    /** The service has done what was asked. */
    void succeeded() {
        parts.budget().succeeded(failures + notFound > 0);
    }

    /** The error of a success that cannot be read, or reports one. */
    Throwable unreadable(ResponseHead head, Throwable cause) {
        if (cause instanceof ReportedErrorException reported) {
            byte[] json = reported.json().getBytes(StandardCharsets.UTF_8);
            return mapping().error(head, ErrorBody.read(json, json.length, redaction));
        }
        return cause instanceof JsonException malformed ? undecodable(head, malformed) : thrown(cause);
    }

    private DecodeException undecodable(ResponseHead head, JsonException cause) {
        String type = StatusMapping.mediaType(head, redaction);
        String said = type == null || type.contains("json") ? "" : " (it is " + type + ")";
        return new DecodeException(
                "The answer is not the JSON its description promises" + said + ": "
                        + redaction.words(cause.getMessage()),
                String.valueOf(redaction.words(cause.path())),
                cause.offset(),
                new ErrorContext(operation.id(), head.status(), null, null, sent),
                redaction.cause(cause));
    }

    private Throwable thrown(Throwable thrown) {
        return JvmErrorException.signal(thrown, operation.id());
    }

    /** The time is up. */
    DefenderException overdue() {
        ErrorContext context = ErrorContext.of(operation.id()).withAttempts(sent);
        TimeoutException timeout = new TimeoutException(TimeoutException.Phase.DEADLINE, deadline.limit(), context);
        if (operation.replaySafety() == ReplaySafety.SAFE || begun.getAsBoolean()) {
            return timeout;
        }
        if (inFlight) {
            return outcomeUnknown(timeout);
        }
        timeout.note("nothing was sent that the service may have acted on, so it can be repeated");
        return timeout;
    }

    /** Emits when the next attempt may begin; fails with what the caller gets. */
    private Mono<Long> afterFailure(DefenderException failure) {
        boolean answered = inFlight;
        inFlight = false;
        failure.complete(failure.context().withOperationId(operation.id()).withAttempts(sent));
        if (begun.getAsBoolean()) {
            return Mono.error(failure);
        }
        AccessToken used = token;
        if (answered && used != null && failure instanceof AuthenticationException denied) {
            forget(used, denied.claims());
            if (tokenReplaced) {
                return Mono.error(failure);
            }
            tokenReplaced = true;
            return isTooLate(Duration.ZERO) ? tooLate(failure, Duration.ZERO) : Mono.just(0L);
        }
        if (answered && failure instanceof ThrottledException) {
            return afterRefusal(failure);
        }
        DefenderException refused = refusal;
        if (refused != null && failure instanceof ThrottledException && failure.status() == 0) {
            // The limiter has only kept to what the service had said.
            refused.note("not repeated. " + failure.text());
            return Mono.error(refused);
        }
        if (failure instanceof NotFoundException && operation.method().equals("GET")) {
            return afterNotFound(failure);
        }
        // What failed before sending, such as the request for a token, has done nothing.
        ReplaySafety safety = answered ? operation.replaySafety() : ReplaySafety.SAFE;
        return switch (RetryVerdict.of(failure, safety)) {
            case FAIL -> Mono.error(failure);
            case OUTCOME_UNKNOWN -> Mono.error(outcomeUnknown(failure));
            case REPEAT -> repeat(failure);
        };
    }

    /**
     * The quota of the service is used up. The limiter pauses for all calls of the group, and this one is the first after
     * the pause; that is no failure, so neither the attempts of the policy nor its budget are spent on it.
     */
    private Mono<Long> afterRefusal(DefenderException failure) {
        refusal = failure;
        RateLimiter limiter = parts.limiter();
        Allowance seen = Allowance.ofMessage(failure.text());
        if (seen != null) {
            limiter.learn(operation.quota(), seen);
        }
        if (!limiter.isLimited()) {
            return repeat(failure);
        }
        Duration pause = pause(failure.retryAfter());
        if (parts.settings().retry().maxAttempts() == 1) {
            return Mono.error(failure);
        }
        if (pause.compareTo(patience()) > 0) {
            failure.note("not repeated, because the wait of " + pause + " is longer than the " + patience()
                    + " that maxWait of the RateLimiter leaves");
            return Mono.error(failure);
        }
        return isTooLate(Duration.ZERO) ? tooLate(failure, Duration.ZERO) : Mono.just(0L);
    }

    /** Pauses for as long as the service asks, or as the quota needs where it asks for nothing. */
    private Duration pause(@Nullable Duration asked) {
        RateLimiter limiter = parts.limiter();
        if (asked == null || asked.isZero()) {
            return limiter.pause(operation.quota());
        }
        limiter.pause(operation.quota(), asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
        return asked;
    }

    private void forget(AccessToken refused, @Nullable String claims) {
        if (claims == null) {
            parts.tokens().invalidate(refused);
        } else {
            parts.tokens().invalidate(refused, claims);
        }
    }

    /** What was just created may not be visible yet: no failure of the service, so counted apart. */
    private Mono<Long> afterNotFound(DefenderException failure) {
        int count = notFound + 1;
        notFound = count;
        return count > parts.settings().retry().notFoundRepeats()
                ? Mono.error(failure)
                : repeatAfter(failure, null, count);
    }

    private Mono<Long> repeat(DefenderException failure) {
        int count = failures + 1;
        failures = count;
        return count >= parts.settings().retry().maxAttempts()
                ? Mono.error(failure)
                : repeatAfter(failure, failure.retryAfter(), count);
    }

    /** Waits for the next attempt where that makes sense. */
    private Mono<Long> repeatAfter(DefenderException failure, @Nullable Duration asked, int count) {
        Duration wait = parts.settings().retry().backoff(count, parts.random());
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        if (isTooLate(wait)) {
            return tooLate(failure, wait);
        }
        if (!parts.budget().spend()) {
            failure.note("not repeated, because the retry budget of this client is used up");
            return Mono.error(failure);
        }
        if (failure instanceof ThrottledException) {
            throttled.accept(wait);
        }
        return wait.isZero() ? Mono.just(0L) : Mono.delay(wait, parts.scheduler());
    }

    /** Whether after a wait less time would be left than an attempt needs. */
    private boolean isTooLate(Duration wait) {
        Duration part = deadline.limit().dividedBy(LEAST_PART_OF_LIMIT);
        Duration least = part.compareTo(LEAST_FOR_AN_ATTEMPT) < 0 ? part : LEAST_FOR_AN_ATTEMPT;
        return wait.plus(least).compareTo(deadline.remaining()) > 0;
    }

    private static Mono<Long> tooLate(DefenderException failure, Duration wait) {
        failure.note(
                wait.isZero()
                        ? "not repeated, because too little time is left until the deadline"
                        : "not repeated, because the wait of " + wait + " is longer than the deadline leaves");
        return Mono.error(failure);
    }

    private OutcomeUnknownException outcomeUnknown(DefenderException cause) {
        return new OutcomeUnknownException(
                "The answer was lost, so " + operation.id()
                        + " may or may not have been carried out. Look at the state before sending it again",
                uri.getPath(),
                sentAt,
                cause.context(),
                cause);
    }
}
