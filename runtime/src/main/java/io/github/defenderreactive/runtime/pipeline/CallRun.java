package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.Denial;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.ratelimit.Allowance;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.Deadline;
import io.github.defenderreactive.runtime.retry.RetryVerdict;
import io.github.defenderreactive.runtime.transport.Lane;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.nio.ByteBuffer;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One call, or one request of a page, of one subscriber: its attempts and what is known after each. The attempts follow
 * one another, so the fields need no more than visibility.
 */
final class CallRun<T> {

    private static final int ERROR_BODY_LIMIT = 64 << 10;
    private static final int UNAUTHORIZED = 401;

    private final PipelineParts parts;
    private final OperationInfo operation;
    private final URI uri;
    private final Mono<RequestContent> content;
    private final Lane lane;
    private final Deadline deadline;
    private final BooleanSupplier begun;
    private final IntConsumer attempted;
    private final Consumer<Duration> throttled;

    private volatile CallWatch watch = CallWatch.NONE;
    private volatile int sent;
    private volatile int failures;
    private volatile int notFound;
    private volatile boolean inFlight;
    private volatile boolean tokenReplaced;
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
     * The attempts.
     *
     * @param success reads the answer of a 2xx
     * @param nothing what a 404 gives when the operation calls that an empty result; null when there cannot be one
     */
    Flux<T> attempts(ResponseReader<T> success, @Nullable Supplier<? extends Publisher<T>> nothing) {
        Flux<T> attempts = Flux.deferContextual(context -> attempt((head, body) -> {
                    ServerDate.tell(context, head);
                    parts.clocks().compare(head);
                    return read(head, body, success, nothing);
                }))
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> {
                    Throwable failure = signal.failure();
                    return failure instanceof DefenderException known ? afterFailure(known) : Mono.error(failure);
                })));
        CallListener listener = parts.listener();
        return listener == CallListener.NONE
                ? attempts
                : Flux.deferContextual(context -> {
                    CallWatch begun = CallWatch.begin(listener, operation, context, parts.nanos());
                    watch = begun;
                    return begun.call(attempts, deadline);
                });
    }

    private Flux<T> attempt(ResponseReader<T> reader) {
        // First, so that a missing file costs neither a permit nor a token.
        return content.flatMapMany(sending -> permit().then(
                        watch.token(parts.tokens().get(parts.settings().tokenRequest())))
                .flatMapMany(issued -> {
                    token = issued;
                    int number = sent + 1;
                    sent = number;
                    attempted.accept(number);
                    inFlight = true;
                    sentAt = parts.clock().instant();
                    return watch.attempt(
                            number, parts.transport().exchange(request(issued, sending), reader), deadline);
                }));
    }

    private Mono<Void> permit() {
        RateLimiter limiter = parts.limiter();
        Quota quota = operation.quota();
        Mono<Void> permit = sent == 0
                ? limiter.acquire(quota, lane, deadline.remaining())
                : limiter.acquireAgain(quota, lane, deadline.remaining());
        Mono<Void> counted = Mono.defer(() -> {
            long asked = parts.nanos().getAsLong();
            Runnable count =
                    () -> throttled.accept(Duration.ofNanos(parts.nanos().getAsLong() - asked));
            return permit.doOnTerminate(count).doOnCancel(count);
        });
        return watch.permit(counted, () -> limiter.waiting(quota));
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
        Flux<ByteBuffer> body = watch.answer(status, bytes);
        if (status >= 200 && status < 300) {
            parts.budget().succeeded(failures + notFound > 0);
            return success.read(head, body);
        }
        return BodyBuffer.readWhatComes(body, ERROR_BODY_LIMIT).flatMapMany(read -> {
            if (status == 404 && operation.emptyOnNotFound() && nothing != null && isOfTheService(head, read)) {
                return nothing.get();
            }
            return Flux.error(new StatusMapping(operation, parts.clock(), this::denial).error(head, read));
        });
    }

    /** A page for people comes from something on the way, or from where no API is. */
    private static boolean isOfTheService(ResponseHead head, byte[] body) {
        String type = StatusMapping.mediaType(head);
        return body.length == 0 || type == null || type.contains("json");
    }

    private String denial() {
        AccessToken used = token;
        return used == null
                ? ""
                : Denial.likelyCause(operation, used, parts.settings().tokenRequest());
    }

    /** The body of a success cannot be read. */
    DecodeException undecodable(ResponseHead head, JsonException cause) {
        String type = StatusMapping.mediaType(head);
        String said = type == null || type.contains("json") ? "" : " (it is " + type + ")";
        return new DecodeException(
                "The answer is not the JSON its description promises" + said + ": " + cause.getMessage(),
                cause.path(),
                cause.offset(),
                new ErrorContext(operation.id(), head.status(), null, null, sent),
                cause);
    }

    /** Time is up. */
    DefenderException overdue() {
        ErrorContext context = ErrorContext.of(operation.id()).withAttempts(sent);
        TimeoutException timeout = new TimeoutException(TimeoutException.Phase.DEADLINE, deadline.limit(), context);
        return inFlight && operation.replaySafety() == ReplaySafety.UNSAFE ? outcomeUnknown(timeout) : timeout;
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
        if (answered
                && used != null
                && failure instanceof AuthenticationException refusal
                && failure.status() == UNAUTHORIZED) {
            forget(used, refusal.claims());
            if (tokenReplaced) {
                return Mono.error(failure);
            }
            tokenReplaced = true;
            return Mono.just(0L);
        }
        Duration asked = askedWait(failure);
        boolean refused = answered && failure instanceof ThrottledException;
        if (refused) {
            tellLimiter(failure, asked);
        }
        if (failure instanceof NotFoundException && operation.method().equals("GET")) {
            return afterNotFound(failure);
        }
        // What failed before sending, such as the request for a token, has done nothing.
        ReplaySafety safety = answered ? operation.replaySafety() : ReplaySafety.SAFE;
        return switch (RetryVerdict.of(failure, safety)) {
            case FAIL -> Mono.error(failure);
            case OUTCOME_UNKNOWN -> Mono.error(outcomeUnknown(failure));
            case REPEAT -> repeat(failure, asked, refused);
        };
    }

    private void tellLimiter(DefenderException refusal, @Nullable Duration asked) {
        if (asked != null) {
            parts.limiter().pause(operation.quota(), asked);
        }
        Allowance seen = Allowance.ofMessage(refusal.text());
        if (seen != null) {
            parts.limiter().learn(operation.quota(), seen);
        }
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
                : repeatAfter(failure, null, count, false);
    }

    private Mono<Long> repeat(DefenderException failure, @Nullable Duration asked, boolean refused) {
        int count = failures + 1;
        failures = count;
        return count >= parts.settings().retry().maxAttempts()
                ? Mono.error(failure)
                : repeatAfter(failure, asked, count, refused);
    }

    /**
     * Waits for the next attempt where that makes sense.
     *
     * @param refused whether the quota of the service is used up, and not that of the authority
     */
    private Mono<Long> repeatAfter(DefenderException failure, @Nullable Duration asked, int count, boolean refused) {
        Duration wait = parts.settings().retry().backoff(count, parts.random());
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        if (wait.compareTo(deadline.remaining()) >= 0) {
            failure.note("not repeated, because the wait of " + wait + " is longer than the deadline leaves");
            return Mono.error(failure);
        }
        if (!parts.budget().spend()) {
            failure.note("not repeated, because the retry budget of this client is used up");
            return Mono.error(failure);
        }
        if (refused) {
            if (wait.equals(asked) && parts.limiter().isLimited()) {
                // It pauses for as long, and who waits there goes first.
                return Mono.just(0L);
            }
            throttled.accept(wait);
        }
        return wait.isZero() ? Mono.just(0L) : Mono.delay(wait, parts.scheduler());
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

    private static @Nullable Duration askedWait(DefenderException failure) {
        if (failure instanceof ThrottledException throttled) {
            return throttled.retryAfter();
        }
        return failure instanceof ServiceException service ? service.retryAfter() : null;
    }
}
