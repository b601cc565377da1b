package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.internal.authorization.TokenAuthorization;
import io.github.defenderreactive.runtime.internal.http.CustomHeaders;
import io.github.defenderreactive.runtime.internal.paging.AttemptListener;
import io.github.defenderreactive.runtime.internal.paging.PageRequest;
import io.github.defenderreactive.runtime.internal.paging.PageSettings;
import io.github.defenderreactive.runtime.internal.paging.PageSource;
import io.github.defenderreactive.runtime.internal.paging.PagedRead;
import io.github.defenderreactive.runtime.internal.retry.Countdown;
import io.github.defenderreactive.runtime.internal.stream.OnDemand;
import io.github.defenderreactive.runtime.internal.stream.RawBytes;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.ReportedErrorException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Executes calls: deadline, retries, and for each attempt a permit, an access token, the transport, the mapping of the
 * status, and decoding. Called by generated stubs.
 *
 * <p>Immutable and thread-safe; does not need to be closed. The access token, or another secret of the
 * authorization, is sent only to the API root.
 *
 * @since 0.1.0
 */
public final class Pipeline {

    /** Default time that a page may wait for demand before its connection is released. */
    public static final Duration DEFAULT_PAUSE_AFTER = Duration.ofSeconds(10);

    /** {@code User-Agent} of requests to the API, when no other is chosen: {@value}. */
    public static final String DEFAULT_USER_AGENT = "defender-reactive";

    private static final int NO_CONTENT = 204;

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([\\w.:+-]+)");

    /** Maximum number of bytes read of a body that is ignored. */
    private static final int LONGEST_REPORT = 64 << 10;

    private static final Duration LONGEST_UNWANTED = Duration.ofSeconds(3);

    private final PipelineParts parts;

    Pipeline(PipelineParts parts) {
        this.parts = parts;
    }

    /**
     * Returns a new builder.
     *
     * @return a builder
     */
    public static PipelineBuilder builder() {
        return new PipelineBuilder();
    }

    /**
     * Returns this pipeline with another deadline; connections, tokens, permits and the retry budget are shared.
     *
     * @param limit maximum time for one call or one page request, including retries and waits
     * @return a derived pipeline
     */
    public Pipeline withDeadline(Duration limit) {
        return new Pipeline(parts.with(PipelineBuilder.positive(limit)));
    }

    /**
     * Returns this pipeline with another retry policy; connections, tokens, permits and the retry budget are shared.
     *
     * @param policy the retry policy
     * @return a derived pipeline
     */
    public Pipeline withRetry(RetryPolicy policy) {
        return new Pipeline(parts.with(Objects.requireNonNull(policy, "policy")));
    }

    /**
     * Returns this pipeline on behalf of a user; connections, permits and the retry budget are shared, tokens are not.
     * The credential must support user assertions, such as {@link OnBehalfOfCredential}.
     *
     * @param user the access token of the user
     * @return a derived pipeline
     * @throws IllegalStateException if this pipeline does not use access tokens
     */
    public Pipeline onBehalfOf(UserAssertion user) {
        TokenAuthorization tokens = tokens();
        return new Pipeline(parts.with(
                new TokenAuthorization(tokens.tokens(), tokens.request().onBehalfOf(user))));
    }

    /**
     * Returns the size limits of responses; for workflows that decode content of their own.
     *
     * @return the limits
     */
    public JsonLimits limits() {
        return parts.limits();
    }

    /**
     * Returns the access token of calls, from the cache if possible. Cold.
     *
     * @return emits the token, or fails with the error of the credential. Cancelling affects only this subscriber
     * @throws IllegalStateException if this pipeline does not use access tokens
     */
    public Mono<AccessToken> token() {
        return parts.scope().admit(tokens().token());
    }

    private TokenAuthorization tokens() {
        if (parts.authorization() instanceof TokenAuthorization tokens) {
            return tokens;
        }
        throw new IllegalStateException("This pipeline does not use access tokens; build it with a TokenCache");
    }

    /**
     * Requests one entity or one bare value. Cold: each subscribe is a separate call. Cancelling stops it.
     *
     * @param call the call, whose operation returns {@link ResponseShape#SINGLE}
     * @param <T> type of the entity
     * @return emits the entity; completes empty on 204, for an empty collection if an entity may be returned in one,
     *     and on 404 if the operation defines it as an empty result; otherwise fails with one of the
     *     {@link DefenderException}s
     */
    public <T> Mono<T> single(Call<T> call) {
        require(call, ResponseShape.SINGLE);
        JsonDecoder<T> decoder = decoder(call);
        JsonLimits limits = limits(call.operation().info());
        return run(call, run -> (head, body) -> entity(run, decoder, limits, head, body));
    }

    /**
     * Requests an action. Cold: each subscribe is a separate call. Cancelling stops it.
     *
     * @param call the call, whose operation returns {@link ResponseShape#EMPTY}
     * @return completes when the service has accepted the request; otherwise fails with one of the
     *     {@link DefenderException}s
     */
    public Mono<Void> empty(Call<Void> call) {
        require(call, ResponseShape.EMPTY);
        return run(call, run -> (head, body) -> nothing(run, head, body));
    }

    /**
     * Requests a collection. Cold and strict about demand; see {@link PagedFlux}.
     *
     * @param call the call, whose operation returns {@link ResponseShape#COLLECTION}. With {@code $top} it is one page
     * @param <T> type of the items
     * @return emits the items
     */
    public <T> PagedFlux<T> paged(Call<T> call) {
        require(call, ResponseShape.COLLECTION);
        return pages(call);
    }

    private <T> PagedFlux<T> pages(Call<T> call) {
        PageSettings settings = new PageSettings(
                deadline(call),
                parts.pauseAfter(),
                parts.limits(),
                parts.calls().scheduler(),
                parts.calls().nanos(),
                calls ->
                        parts.calls().limiter().forecast(call.operation().info().quota(), calls));
        return PagedRead.of(call, request -> page(call, request), parts.root().path(), settings, parts.scope());
    }

    /**
     * Requests values that are not paged, such as a JSON array or lines of JSON. Cold and strict about demand: the
     * request is sent at the first demand, each item is emitted when its last byte was received, and without demand
     * nothing is read. Only one item and one buffer are in memory. Cancelling closes the connection.
     *
     * @param call the call, whose operation returns {@link ResponseShape#ITEMS}
     * @param <T> type of the items
     * @return emits the items. A response that is interrupted after the first item fails, unless its items have ids: then
     *     the call is made again, and the items that were emitted are left out
     */
    public <T> Flux<T> items(Call<T> call) {
        require(call, ResponseShape.ITEMS);
        return pages(call);
    }

    /**
     * Requests a text. Cold: each subscribe is a separate call. Cancelling stops it.
     *
     * @param call the call, whose operation returns {@link ResponseShape#TEXT}
     * @return emits the text, decoded by the charset of the response, which is UTF-8 if it names none; completes empty on
     *     204 and on 404 if the operation defines it as an empty result; otherwise fails with one of the
     *     {@link DefenderException}s, in particular if the text is larger than {@link JsonLimits#entityBytes()}
     */
    public Mono<String> text(Call<String> call) {
        require(call, ResponseShape.TEXT);
        JsonLimits limits = limits(call.operation().info());
        return run(call, run -> (head, body) -> text(run, limits.entityBytes(), head, body));
    }

    /**
     * Requests bytes of any format. Cold and strict about demand: the request is sent at the first demand, and one buffer
     * is read for each unit of demand. Memory is bounded by one buffer. The deadline ends with the first buffer; later,
     * the read timeout of the transport applies while there is demand. Cancelling closes the connection.
     *
     * @param call the call, whose operation returns {@link ResponseShape#BYTES}
     * @return emits the bytes without content coding, in heap buffers that the subscriber owns; completes only if the
     *     whole response was received. A response that is interrupted after its first buffer fails
     */
    public Flux<ByteBuffer> bytes(Call<ByteBuffer> call) {
        require(call, ResponseShape.BYTES);
        return new OnDemand<>(Guard.flux(
                () -> {
                    Countdown deadline =
                            new Countdown(deadline(call), parts.calls().nanos());
                    deadline.run(true);
                    RawBytes raw = new RawBytes();
                    CallRun run = new CallRun(parts.calls(), request(call, target(call), Lane.BULK), deadline, raw);
                    Flux<ByteBuffer> bytes = run.bytes((head, body) -> {
                        run.succeeded();
                        return raw.of(body);
                    });
                    return parts.scope()
                            .admit(bytes.timeout(
                                    deadline.end(parts.calls().scheduler()),
                                    first -> Mono.never(),
                                    Mono.defer(() -> Mono.error(run.deadlineExceeded()))));
                },
                thrown ->
                        JvmErrorException.signal(thrown, call.operation().info().id())));
    }

    private static String target(Call<?> call) {
        String query = call.renderedQuery();
        return query.isEmpty() ? call.renderedPath() : call.renderedPath() + "?" + query;
    }

    private <T> PageSource.PageCall<T> page(Call<T> call, PageRequest<T> request) {
        CallRun run = new CallRun(
                parts.calls(), request(call, request.target(), Lane.BULK), request.deadline(), request.attempts());
        Flux<T> items = run.page(
                (head, body) -> {
                    run.succeeded();
                    boolean none =
                            head.status() == NO_CONTENT && call.operation().shape() == ResponseShape.ITEMS;
                    Supplier<Flux<T>> empty = request.emptyPage();
                    return none && empty != null
                            ? empty.get()
                            : request.reader().read(head, body);
                },
                request.emptyPage());
        return new PageSource.PageCall<>() {
            @Override
            public Flux<T> items() {
                return delayed(items, request.stalls());
            }

            @Override
            public DefenderException timeout() {
                return run.deadlineExceeded();
            }
        };
    }

    /** Delays a page that was truncated more than once without a new item. */
    private <T> Flux<T> delayed(Flux<T> items, int stalls) {
        if (stalls < 2) {
            return items;
        }
        CallParts calls = parts.calls();
        return Mono.delay(calls.backoff().delay(stalls - 1L, calls.random().getAsDouble()), calls.scheduler())
                .thenMany(items);
    }

    private CallRequest request(Call<?> call, String target, Lane lane) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(parts.headers());
        headers.putAll(call.operation().info().headers());
        headers.putAll(call.headers());
        return new CallRequest(
                call.operation().info(),
                parts.root().below(target),
                lane,
                headers,
                RequestContent.of(call),
                parts.authorization());
    }

    private <T> Mono<T> run(Call<T> call, Function<CallRun, ResponseReader<T>> success) {
        return Guard.mono(
                () -> {
                    Countdown deadline =
                            new Countdown(deadline(call), parts.calls().nanos());
                    deadline.run(true);
                    CallRequest request = request(call, target(call), Lane.INTERACTIVE);
                    CallRun run = new CallRun(parts.calls(), request, deadline, AttemptListener.NONE);
                    return parts.scope().admit(run.single(success.apply(run), deadline));
                },
                thrown ->
                        JvmErrorException.signal(thrown, call.operation().info().id()));
    }

    /**
     * Returns the limits. The default is raised to the largest response that the service sends; limits set by the user
     * are not changed.
     */
    private JsonLimits limits(OperationInfo operation) {
        JsonLimits limits = parts.limits();
        return limits.equals(JsonLimits.DEFAULT) && operation.maxResponseBytes() > limits.entityBytes()
                ? limits.mutate().entityBytes(operation.maxResponseBytes()).build()
                : limits;
    }

    private <T> Publisher<T> entity(
            CallRun run, JsonDecoder<T> decoder, JsonLimits limits, ResponseHead head, Flux<ByteBuffer> body) {
        int most = limits.entityBytes();
        // One byte more than allowed is enough for the reader to reject the body.
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

    private static Publisher<String> text(CallRun run, int most, ResponseHead head, Flux<ByteBuffer> body) {
        return BodyBuffer.read(body, most == Integer.MAX_VALUE ? most : most + 1)
                .flatMap(read -> {
                    Throwable broken = read.broken();
                    if (broken != null) {
                        return Mono.error(run.unreadable(head, broken));
                    }
                    if (read.length() > most) {
                        return Mono.error(run.tooLarge(head, most));
                    }
                    run.succeeded();
                    return head.status() == NO_CONTENT
                            ? Mono.empty()
                            : Mono.just(new String(read.array(), 0, read.length(), charset(head)));
                });
    }

    /** Returns the charset that the response names; UTF-8 if it names none that is known. */
    private static Charset charset(ResponseHead head) {
        Matcher named = CHARSET.matcher(Objects.requireNonNullElse(head.header("Content-Type"), ""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Reads a 2xx whose body is ignored unless it reports an error. */
    private <T> Publisher<T> nothing(CallRun run, ResponseHead head, Flux<ByteBuffer> body) {
        return BodyBuffer.read(
                        body.takeUntilOther(
                                Mono.delay(LONGEST_UNWANTED, parts.calls().scheduler())),
                        LONGEST_REPORT)
                .flatMap(read -> {
                    Throwable reported = reportedIn(read, run, head);
                    if (reported != null) {
                        return Mono.error(reported);
                    }
                    run.succeeded();
                    return Mono.empty();
                });
    }

    /** Returns the error that a body reports, even if the body is truncated after it, or null. */
    private @Nullable Throwable reportedIn(BodyBuffer read, CallRun run, ResponseHead head) {
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

    private Duration deadline(Call<?> call) {
        Duration chosen = parts.deadline();
        return chosen == null ? call.operation().info().timeout() : chosen;
    }

    private static <T> JsonDecoder<T> decoder(Call<T> call) {
        return Objects.requireNonNull(call.operation().responseDecoder(), "responseDecoder");
    }

    private void require(Call<?> call, ResponseShape shape) {
        ResponseShape actual = call.operation().shape();
        String id = call.operation().info().id();
        if (actual != shape) {
            throw new IllegalArgumentException(id + " returns " + actual + ", not " + shape);
        }
        for (String name : call.headers().keySet()) {
            if (CustomHeaders.isReserved(name)
                    || name.equalsIgnoreCase(parts.authorization().header())) {
                throw new IllegalArgumentException(id + ": header " + name + " is set by the client");
            }
        }
    }
}
