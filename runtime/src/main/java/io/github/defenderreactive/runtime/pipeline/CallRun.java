package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.internal.authorization.CallAuthorization;
import io.github.defenderreactive.runtime.internal.authorization.Credentials;
import io.github.defenderreactive.runtime.internal.authorization.TokenAuthorization;
import io.github.defenderreactive.runtime.internal.http.HttpDate;
import io.github.defenderreactive.runtime.internal.paging.AttemptListener;
import io.github.defenderreactive.runtime.internal.retry.Countdown;
import io.github.defenderreactive.runtime.internal.retry.Deadline;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.ReportedErrorException;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The execution of one call, page request or download for one subscriber: its attempts and their results. The attempts
 * are sequential, so the fields are volatile but need no atomicity.
 *
 * <p>There are two time limits. The {@link Deadline} applies to sending, receiving and the waits between attempts; it
 * is paused while a permit is awaited. The maximum wait of the limiter applies to the first permit, and again to the
 * permits of all further attempts together.
 */
final class CallRun {

    private static final Logger LOG = LoggerFactory.getLogger(CallRun.class);

    private static final int ERROR_BODY_LIMIT = 64 << 10;

    private final CallParts parts;
    private final CallRequest request;
    private final OperationInfo operation;
    private final Deadline deadline;
    private final AttemptListener attempts;
    private final RetryDecider retries;

    private volatile CallInstrumentation instrumentation = CallInstrumentation.NONE;
    private volatile Redaction redaction = Redaction.NONE;
    private volatile int attemptCount;
    private volatile boolean inFlight;
    private volatile boolean tokenReplaced;
    private volatile @Nullable AccessToken token;
    private volatile Instant sentAt = Instant.EPOCH;

    CallRun(CallParts parts, CallRequest request, Deadline deadline, AttemptListener attempts) {
        this.parts = parts;
        this.request = request;
        this.operation = request.operation();
        this.deadline = deadline;
        this.attempts = attempts;
        this.retries = new RetryDecider(parts, operation, deadline, attempts, this::outcomeUnknown);
    }

    /**
     * Returns a call for at most one value.
     *
     * @param success reads the body of a 2xx
     * @param time the deadline, which fails the call
     */
    <T> Mono<T> single(ResponseReader<T> success, Countdown time) {
        Mono<T> call = attempts(byStatus(success, Flux::empty), content -> content)
                .singleOrEmpty()
                .timeout(time.end(parts.scheduler()), Mono.defer(() -> Mono.error(deadlineExceeded())));
        return observed(call.flux(), true).singleOrEmpty();
    }

    /**
     * Returns a page request, whose deadline is enforced by its stream.
     *
     * @param success reads the body of a 2xx; fails with the exceptions of the decoder
     * @param nothing the result of a 404 if the operation defines it as an empty result; null if there cannot be one
     */
    <T> Flux<T> page(ResponseReader<T> success, @Nullable Supplier<? extends Publisher<T>> nothing) {
        ResponseReader<T> named =
                (head, body) -> Flux.from(success.read(head, body)).onErrorMap(cause -> unreadable(head, cause));
        return observed(attempts(byStatus(named, nothing), content -> content), true);
    }

    /**
     * Returns a call whose body is passed on as bytes, and whose deadline is enforced by its caller.
     *
     * @param success reads the body of a 2xx
     */
    Flux<ByteBuffer> bytes(ResponseReader<ByteBuffer> success) {
        return observed(attempts(byStatus(success, Flux::empty), content -> content), false);
    }

    /**
     * Returns a download, whose deadline is enforced by its caller.
     *
     * @param reader reads a response of any status
     * @param attempt processes the bytes of one attempt; its failure fails the attempt
     */
    <R> Flux<R> download(
            ResponseReader<ByteBuffer> reader, Function<Flux<ByteBuffer>, ? extends Publisher<R>> attempt) {
        return observed(attempts(reader, attempt), false);
    }

    private <T> Flux<T> observed(Flux<T> call, boolean countsItems) {
        CallListener.Factory listener = parts.listener();
        return CallInstrumentation.isIdle(listener)
                ? call
                : Flux.deferContextual(context -> {
                    CallInstrumentation begun = CallInstrumentation.begin(listener, operation, context, parts.nanos());
                    instrumentation = begun;
                    return begun.call(call, deadline, countsItems);
                });
    }

    private <T, R> Flux<R> attempts(ResponseReader<T> reader, Function<Flux<T>, ? extends Publisher<R>> attempt) {
        return Guard.<R>flux(
                        () -> attempt.apply(attempt((head, body) -> guarded(() -> {
                            attempts.responseReceived(new ResponseInfo(
                                    head.status(),
                                    HttpDate.parse(
                                            head.header("Date"), parts.clock().instant()),
                                    StatusMapping.requestId(head, redaction)));
                            parts.clocks().compare(head);
                            return reader.read(head, instrumentation.response(head, redaction, body));
                        }))),
                        this::thrown)
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> {
                    Throwable failure = signal.failure();
                    return failure instanceof DefenderException known
                            ? Guard.mono(() -> afterFailure(known), this::thrown)
                            : Mono.error(failure);
                })));
    }

    /** Returns a publisher that signals exceptions of its source, which may run on any thread. */
    private <T> Flux<T> guarded(Supplier<? extends Publisher<T>> source) {
        return Guard.flux(source, this::thrown);
    }

    private <T> Flux<T> attempt(ResponseReader<T> reader) {
        // The content comes first, so that a missing file uses neither a permit nor a token.
        return request.content()
                .flatMapMany(sending -> guarded(() -> permit().thenMany(guarded(() -> authorized(sending, reader)))));
    }

    private <T> Publisher<T> authorized(RequestContent sending, ResponseReader<T> reader) {
        CallAuthorization authorization = request.authorization();
        return authorization == null || authorization.header().isEmpty()
                ? send(null, sending, reader)
                : instrumentation
                        .token(authorization.credentials())
                        .flatMapMany(issued -> guarded(() -> send(issued, sending, reader)));
    }

    private Mono<Void> permit() {
        RateLimiter limiter = parts.limiter();
        Quota quota = operation.quota();
        boolean again = attemptCount > 0;
        Mono<Void> permit = again
                ? limiter.permits().acquireForRetry(quota, request.lane(), retries.patience())
                : limiter.permits().acquire(quota, request.lane(), limiter.maxWait());
        Mono<Void> counted = Mono.defer(() -> {
            long requestedAt = parts.nanos().getAsLong();
            deadline.waitsForPermit(true);
            Runnable count = () -> {
                Duration waited = Duration.ofNanos(parts.nanos().getAsLong() - requestedAt);
                deadline.waitsForPermit(false);
                attempts.throttled(waited);
                if (again) {
                    retries.waitedForPermit(waited);
                }
            };
            return permit.doOnTerminate(count).doOnCancel(count);
        });
        return instrumentation.permit(counted, () -> limiter.waiting(quota));
    }

    private <T> Flux<T> send(@Nullable Credentials issued, RequestContent sending, ResponseReader<T> reader) {
        if (retries.isTooLate(Duration.ZERO)) {
            return Flux.error(deadlineExceeded());
        }
        token = issued == null ? null : issued.token();
        sentAt = parts.clock().instant();
        int number = attemptCount + 1;
        attemptCount = number;
        attempts.attemptStarted(number);
        TransportRequest sent = transportRequest(issued, sending);
        Redaction before = redaction;
        redaction = before.and(Redaction.of(sent));
        return instrumentation.attempt(number, parts.transport().exchange(sent, reader, this::sending), deadline);
    }

    /** Invoked by the transport before the request is sent, on any thread. */
    private void sending() {
        inFlight = true;
        try {
            sentAt = parts.clock().instant();
        } catch (Throwable noTime) {
            LOG.debug(
                    "The clock failed; using the time before the connection was established as the time of sending",
                    noTime);
        }
    }

    private TransportRequest transportRequest(@Nullable Credentials issued, RequestContent sending) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        if (issued != null) {
            headers.put(issued.header(), issued.value());
        }
        if (sending.type() != null) {
            headers.put("Content-Type", sending.type());
        }
        Set<String> secret = issued == null ? Set.of() : Set.of(issued.header());
        return new TransportRequest(operation.method(), request.uri(), headers, sending.body(), request.lane(), secret);
    }

    /**
     * Returns a reader of responses of the API: a 2xx is passed to the given reader, any other status is mapped to an
     * error.
     */
    private <T> ResponseReader<T> byStatus(
            ResponseReader<T> success, @Nullable Supplier<? extends Publisher<T>> nothing) {
        return (head, body) -> {
            int status = head.status();
            return status >= 200 && status < 300
                    ? success.read(head, body)
                    : BodyBuffer.read(body, ERROR_BODY_LIMIT)
                            .flatMapMany(read -> guarded(() -> {
                                ErrorBody error = ErrorBody.read(read.array(), read.length(), redaction);
                                return nothing != null
                                                && operation.emptyOnNotFound()
                                                && StatusMapping.isNone(head, error)
                                        ? nothing.get()
                                        : Flux.error(mapping().error(head, error));
                            }));
        };
    }

    private StatusMapping mapping() {
        return new StatusMapping(operation, parts.clock(), request.authorization(), this::denial, redaction);
    }

    private String denial() {
        AccessToken used = token;
        return used != null && request.authorization() instanceof TokenAuthorization tokens
                ? tokens.denial(operation, used)
                : "";
    }

    /** Records that the service has executed the call. */
    void succeeded() {
        retries.succeeded();
    }

    /** Returns the error of a success that cannot be decoded or that reports an error. */
    Throwable unreadable(ResponseHead head, Throwable cause) {
        if (cause instanceof ReportedErrorException reported) {
            byte[] json = reported.json().getBytes(StandardCharsets.UTF_8);
            return mapping().error(head, ErrorBody.read(json, json.length, redaction));
        }
        return cause instanceof JsonException malformed ? undecodable(head, malformed) : thrown(cause);
    }

    private DecodeException undecodable(ResponseHead head, JsonException cause) {
        String type = StatusMapping.mediaType(head, redaction);
        String said = type == null || type.contains("json") ? "" : " (media type " + type + ")";
        return new DecodeException(
                "Response could not be decoded" + said + ": " + redaction.words(cause.getMessage()),
                String.valueOf(redaction.words(cause.path())),
                cause.offset(),
                new ErrorContext(operation.id(), head.status(), null, null, attemptCount),
                redaction.cause(cause));
    }

    /** Returns the error of a text that exceeds the limit. */
    DecodeException tooLarge(ResponseHead head, int limit) {
        return new DecodeException(
                "Text larger than " + limit
                        + " bytes (to allow more, set a larger entityBytes in the jsonLimits of the client"
                        + " builder)",
                "$",
                limit,
                new ErrorContext(operation.id(), head.status(), null, null, attemptCount),
                null);
    }

    private Throwable thrown(Throwable thrown) {
        return JvmErrorException.signal(thrown, operation.id());
    }

    /** Returns the error of a call whose deadline has passed. */
    DefenderException deadlineExceeded() {
        ErrorContext context = ErrorContext.of(operation.id()).withAttempts(attemptCount);
        CallTimeoutException timeout =
                new CallTimeoutException(CallTimeoutException.Phase.DEADLINE, deadline.limit(), context);
        if (operation.replaySafety() == ReplaySafety.SAFE || attempts.hasEmitted()) {
            return timeout;
        }
        if (inFlight) {
            return outcomeUnknown(timeout);
        }
        return ErrorCopy.withNote(
                timeout, "nothing was sent that the service may have executed, so the call can be retried");
    }

    /** Emits when the next attempt may begin; fails with the error of the call. */
    private Mono<Long> afterFailure(DefenderException original) {
        boolean sent = inFlight;
        inFlight = false;
        DefenderException failure = ErrorCopy.withContext(
                original, original.context().withOperationId(operation.id()).withAttempts(attemptCount));
        if (attempts.hasEmitted()) {
            return Mono.error(failure);
        }
        AccessToken used = token;
        if (sent
                && used != null
                && request.authorization() instanceof TokenAuthorization tokens
                && failure instanceof AuthenticationException denied) {
            tokens.invalidate(used, denied.claims());
            if (tokenReplaced) {
                return Mono.error(failure);
            }
            tokenReplaced = true;
            return retries.immediately(failure);
        }
        return retries.afterFailure(failure, sent);
    }

    private OutcomeUnknownException outcomeUnknown(DefenderException cause) {
        return new OutcomeUnknownException(
                "The response was lost, so " + operation.id()
                        + " may or may not have been executed. Check the state before sending it again",
                request.uri().getPath(),
                sentAt,
                cause.context(),
                cause);
    }
}
