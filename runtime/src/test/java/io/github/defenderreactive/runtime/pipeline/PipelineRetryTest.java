package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.paging.ReadReport;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.VirtualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Attempts after attempts, on a clock of the test's own. */
class PipelineRetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();
    private static final Call<Row> CREATE = Row.CREATE.call().body(new Row("n")).build();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AfterEach
    void stop() {
        time.dispose();
    }

    static Stream<Arguments> failures() {
        Answer unreachable = Answer.failure(new ConnectionException("refused", false, ErrorContext.NONE, null));
        Answer reset = Answer.failure(new ConnectionException("reset", true, ErrorContext.NONE, null));
        return Stream.of(
                Arguments.of("unreachable", unreachable, 2, 2, ConnectionException.class),
                Arguments.of("acquire", timeout(CallTimeoutException.Phase.ACQUIRE), 2, 2, CallTimeoutException.class),
                Arguments.of("connect", timeout(CallTimeoutException.Phase.CONNECT), 2, 2, CallTimeoutException.class),
                Arguments.of("tls", timeout(CallTimeoutException.Phase.TLS), 2, 2, CallTimeoutException.class),
                Arguments.of("reset", reset, 2, 1, OutcomeUnknownException.class),
                Arguments.of(
                        "response", timeout(CallTimeoutException.Phase.RESPONSE), 2, 1, OutcomeUnknownException.class),
                Arguments.of("read", timeout(CallTimeoutException.Phase.READ), 2, 1, OutcomeUnknownException.class),
                Arguments.of("429", Answer.of(429, ""), 2, 2, ThrottledException.class),
                Arguments.of(
                        "429 asked", Answer.of(429, "").header("retry-after", "1"), 2, 2, ThrottledException.class),
                Arguments.of("503 asked", Answer.of(503, "").header("retry-after", "1"), 2, 2, ServiceException.class),
                Arguments.of("503", Answer.of(503, ""), 2, 1, ServiceException.class),
                Arguments.of("500", Answer.of(500, ""), 2, 1, ServiceException.class),
                Arguments.of("502", Answer.of(502, ""), 2, 1, OutcomeUnknownException.class),
                Arguments.of("504", Answer.of(504, ""), 2, 1, OutcomeUnknownException.class),
                Arguments.of("501", Answer.of(501, ""), 1, 1, ServiceException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void shouldRepeatWhatDoesNoHarm(
            String name, Answer failure, int attemptsSafe, int attemptsUnsafe, Class<? extends Throwable> unsafeError) {
        assertThat(attempts(GET, failure).calls()).isEqualTo(attemptsSafe);
        assertThat(attempts(CREATE, failure).calls()).isEqualTo(attemptsUnsafe);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void shouldNameTheFailureOfAnUnsafeCall(
            String name, Answer failure, int attemptsSafe, int attemptsUnsafe, Class<? extends Throwable> unsafeError) {
        ScriptedTransport transport = ScriptedTransport.serving(request -> failure);

        StepVerifier.create(pipeline(transport)
                        .build()
                        .withRetry(RetryPolicy.none())
                        .single(CREATE))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(unsafeError);
                    assertThat(((DefenderException) error).operationId()).isEqualTo("createRow");
                    assertThat(((DefenderException) error).attempts()).isEqualTo(1);
                    if (error instanceof OutcomeUnknownException) {
                        assertThat(error)
                                .hasMessageContaining("createRow")
                                .cause()
                                .isInstanceOf(DefenderException.class);
                    }
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldStopAfterTheAttemptsAllowed() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.of(500, ""));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ServiceException.class).hasMessageContaining("4 attempts");
                    assertThat(((DefenderException) error).attempts()).isEqualTo(4);
                })
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(4);
    }

    @Test
    void shouldWaitAsLongAsTheServiceAsks() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(429, "").header("Retry-After", "8"), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(7_999)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldWaitUntilTheDateTheServiceNames() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(503, "").header("Retry-After", "Mon, 23 Nov 2026 10:00:05 GMT"), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(pipeline(transport)
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .build()
                        .single(CREATE))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(4_999)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldDoubleTheBoundOfItsOwnWaits() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.of(500, ""));
        Pipeline pipeline = pipeline(transport)
                .retry(RetryPolicy.defaults())
                .random(() -> 1.0)
                .build();

        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(199)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .then(() -> assertThat(transport.calls()).isEqualTo(2))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(400)))
                .then(() -> assertThat(transport.calls()).isEqualTo(3))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(799)))
                .then(() -> assertThat(transport.calls()).isEqualTo(3))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectError(ServiceException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldFailAtOnceWhenTheWaitIsLongerThanTheDeadlineLeaves() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(429, "").header("Retry-After", "61"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ThrottledException.class).hasMessageContaining("PT1M1S");
                    assertThat(((ThrottledException) error).retryAfter()).isEqualTo(Duration.ofSeconds(61));
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldCountTimeAlreadySpentAgainstTheDeadline() {
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> Answer.of(503, "").header("Retry-After", "25"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(25)))
                .then(() -> assertThat(transport.calls()).isEqualTo(2))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(25)))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ServiceException.class).hasMessageContaining("PT25S"))
                .verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(3);
    }

    @Test
    void shouldEndACallAtItsDeadline() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.never(), Answer.never());
        Pipeline pipeline = pipeline(transport).build().withDeadline(Duration.ofSeconds(20));

        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(19)))
                .then(() -> assertThat(transport.cancels()).isZero())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(CallTimeoutException.class);
                    assertThat(((CallTimeoutException) error).phase()).isEqualTo(CallTimeoutException.Phase.DEADLINE);
                    assertThat(((CallTimeoutException) error).limit()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(((CallTimeoutException) error).attempts()).isEqualTo(1);
                })
                .verify(PATIENCE);
        assertThat(transport.cancels()).isEqualTo(1);
        StepVerifier.create(pipeline.single(CREATE))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(20)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(OutcomeUnknownException.class)
                        .cause()
                        .isInstanceOf(CallTimeoutException.class))
                .verify(PATIENCE);
    }

    @Test
    void shouldKnowTheOutcomeOfACallThatWasNotSent() {
        ScriptedTransport transport = ScriptedTransport.of();
        TokenCache silent = TokenCache.of(request -> Mono.never());

        StepVerifier.create(pipeline(transport)
                        .authorization(silent, "scope")
                        .deadline(Duration.ofSeconds(5))
                        .build()
                        .single(CREATE))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(CallTimeoutException.class);
                    assertThat(((CallTimeoutException) error).attempts()).isZero();
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldTakeTheStatusForTheAnswerWhereTheBodyMeansNothing() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(201, "{\"id\":\"x\"}").stuckAt(3));

        StepVerifier.create(pipeline(transport)
                        .build()
                        .empty(Row.TOUCH.call().path("id", "1").build()))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .expectComplete()
                .verify(PATIENCE);
    }

    static Stream<DefenderException> failuresOfTheAuthority() {
        return Stream.of(
                new ServiceException("gateway", null, new ErrorContext(null, 504, null, null, 1)),
                new ServiceException("failed", null, new ErrorContext(null, 500, null, null, 1)),
                new ConnectionException("reset", true, ErrorContext.NONE, null),
                new CallTimeoutException(
                        CallTimeoutException.Phase.RESPONSE, Duration.ofSeconds(1), ErrorContext.NONE));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheAuthority")
    void shouldKnowTheOutcomeOfACallThatGotNoToken(DefenderException failure) {
        ScriptedTransport transport = ScriptedTransport.of();

        StepVerifier.create(pipeline(transport)
                        .authorization(failing(failure), "scope")
                        .build()
                        .single(CREATE))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(failure.getClass()).hasMessageContaining("createRow"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldNotPauseTheGroupWhenTheAuthorityIsBusy() {
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        ThrottledException busy =
                new ThrottledException("busy", Duration.ofSeconds(30), new ErrorContext(null, 429, null, null, 1));
        PipelineBuilder pipeline =
                pipeline(ScriptedTransport.of(Answer.ok("{\"id\":\"x\"}"))).rateLimiter(limiter);

        StepVerifier.create(pipeline.build().withRetry(RetryPolicy.none()).single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.authorization(failing(busy), "scope")
                        .build()
                        .withRetry(RetryPolicy.none())
                        .single(GET))
                .expectError(ThrottledException.class)
                .verify(PATIENCE);

        assertThat(limiter.forecast(GET.operation().info().quota(), 1)).isZero();
    }

    @Test
    void shouldWaitAsLongAsTheAuthorityAsks() {
        Clock clock = new VirtualClock(time, Instant.parse("2026-11-23T10:00:00Z"));
        AtomicInteger asked = new AtomicInteger();
        TokenCache tokens = TokenCache.builder(request -> Mono.fromSupplier(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new ThrottledException(
                                "busy", Duration.ofSeconds(8), new ErrorContext(null, 429, null, null, 1));
                    }
                    return AccessToken.of("token", clock.instant().plusSeconds(3600));
                }))
                .clock(clock)
                .scheduler(time)
                .build();

        StepVerifier.create(pipeline(ScriptedTransport.of(Answer.ok("{\"id\":\"x\"}")))
                        .rateLimiter(RateLimiter.builder().scheduler(time).build())
                        .authorization(tokens, "scope")
                        .build()
                        .single(CREATE))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(8)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(asked).hasValue(2);
    }

    /** Asked once: the waits of the cache are not of interest here. */
    private TokenCache failing(DefenderException failure) {
        DefenderException repeated =
                ErrorCopy.withContext(failure, failure.context().withAttempts(2));
        return TokenCache.builder(request -> Mono.error(repeated))
                .scheduler(time)
                .build();
    }

    @Test
    void shouldPauseTheWholeGroupWhenOneCallIsRefused() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(429, "").header("Retry-After", "8"),
                Answer.ok("{\"id\":\"x\"}"),
                Answer.ok("{\"id\":\"y\"}"));
        Pipeline pipeline = pipeline(transport)
                .rateLimiter(RateLimiter.builder().scheduler(time).build())
                .build();

        StepVerifier.create(pipeline.withRetry(RetryPolicy.none()).single(GET))
                .expectError(ThrottledException.class)
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(7_999)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldLeaveTheQueueOfTheLimiterWhenCancelled() {
        ScriptedTransport transport = ScriptedTransport.of();
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        Pipeline pipeline = pipeline(transport).rateLimiter(limiter).build();
        limiter.permits().pause(GET.operation().info().quota(), Duration.ofSeconds(30));
        limiter.permits().pause(Row.LIST.info().quota(), Duration.ofSeconds(30));

        StepVerifier.create(pipeline.single(GET))
                .then(() -> assertThat(limiter.waiting(GET.operation().info().quota()))
                        .isEqualTo(1))
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(pipeline.paged(Row.LIST.call().build()))
                .then(() -> assertThat(limiter.waiting(Row.LIST.info().quota())).isEqualTo(1))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(limiter.waiting(GET.operation().info().quota())).isZero();
        assertThat(limiter.waiting(Row.LIST.info().quota())).isZero();
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldNotRepeatWhatTheLocalLimiterRefuses() {
        ScriptedTransport transport = ScriptedTransport.of();
        RateLimiter limiter = RateLimiter.builder()
                .scheduler(time)
                .maxWait(Duration.ofSeconds(5))
                .build();
        limiter.permits().pause(GET.operation().info().quota(), Duration.ofSeconds(6));

        StepVerifier.create(pipeline(transport).rateLimiter(limiter).build().single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ThrottledException.class).hasMessageContaining("Local rate limit");
                    assertThat(((ThrottledException) error).status()).isZero();
                    assertThat(((ThrottledException) error).attempts()).isZero();
                })
                .verify(PATIENCE);
        assertThat(transport.calls()).isZero();
    }

    @Test
    void shouldStopRepeatingWhenTheBudgetIsUsedUp() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.of(500, ""));
        Pipeline pipeline = pipeline(transport)
                .retry(RetryPolicy.builder()
                        .retryBudget(4)
                        .baseDelay(Duration.ZERO)
                        .build())
                .build();

        StepVerifier.create(pipeline.single(GET)).expectError().verify(PATIENCE);
        StepVerifier.create(pipeline.single(GET))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("retry budget"))
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(GET)).expectError().verify(PATIENCE);

        assertThat(transport.calls()).isEqualTo(4 + 2 + 1);
    }

    @Test
    void shouldRepeatAReadThatFindsNothingWhenAskedTo() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(404, ""), Answer.of(404, ""), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(patient(transport, 2).single(GET))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldRepeatAReadThatFindsNothingNoOftenerThanAskedTo() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.of(404, ""));

        StepVerifier.create(patient(transport, 2).single(GET))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(NotFoundException.class);
                    assertThat(((NotFoundException) error).attempts()).isEqualTo(3);
                })
                .verify(PATIENCE);
        StepVerifier.create(pipeline(transport).build().single(GET))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(3 + 1);
    }

    @Test
    void shouldNotRepeatA404OfAWriteNorOneThatMeansNone() {
        ScriptedTransport transport = ScriptedTransport.serving(
                request -> Answer.of(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"None\"}}"));
        Pipeline pipeline = patient(transport, 5);

        StepVerifier.create(pipeline.single(CREATE))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(Row.FIND.call().path("id", "1").build()))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
    }

    @Test
    void shouldCountA404ApartFromFailures() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(404, ""), Answer.of(500, ""), Answer.of(404, ""), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(patient(transport, 2).single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private Pipeline patient(ScriptedTransport transport, int repeats) {
        return pipeline(transport)
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ZERO)
                        .notFoundRetries(repeats)
                        .build())
                .build();
    }

    @Test
    void shouldSayWhatWasSentAndWhenIfTheOutcomeIsUnknown() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.failure(new ConnectionException("reset", true, ErrorContext.NONE, null)));

        StepVerifier.create(pipeline(transport)
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .build()
                        .single(CREATE))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(OutcomeUnknownException.class);
                    assertThat(((OutcomeUnknownException) error).path()).isEqualTo("/api/rows");
                    assertThat(((OutcomeUnknownException) error).sentAt()).isEqualTo(now);
                })
                .verify(PATIENCE);
    }

    @Test
    void shouldRepeatWhenTheWaitLeavesTimeForAnAttempt() {
        ScriptedTransport transport =
                ScriptedTransport.serving(request -> Answer.of(429, "").header("Retry-After", "10"));
        Pipeline pipeline = pipeline(transport).build();

        StepVerifier.create(pipeline.withDeadline(Duration.ofSeconds(10)).single(GET))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("deadline"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(1);
        StepVerifier.create(pipeline.withDeadline(Duration.ofMillis(10_999)).single(GET))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("deadline"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(2);
        StepVerifier.create(pipeline.withDeadline(Duration.ofSeconds(11)).single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("deadline"))
                .verify(PATIENCE);
        assertThat(transport.calls()).isEqualTo(4);
    }

    @Test
    void shouldKeepToTheFiguresOfARefusal() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(429, """
                        {"error":{"code":"429","message":"Quota exceeded! Maximum allowed 2 per 00:01:00. Again in 1 seconds."}}
                        """), Answer.ok("{\"id\":\"x\"}"));
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        Pipeline pipeline = pipeline(transport).rateLimiter(limiter).build();

        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(limiter.forecast(GET.operation().info().quota(), 1)).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void shouldSendWhatWasRefusedBeforeWhatCameMeanwhile() {
        Answer ok = Answer.ok("{\"id\":\"x\"}");
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(429, "").header("Retry-After", "8"), ok, ok, ok, ok);
        Pipeline pipeline = pipeline(transport)
                .rateLimiter(RateLimiter.builder().scheduler(time).build())
                .build();
        List<String> order = new ArrayList<>();

        pipeline.single(GET).subscribe(row -> order.add("refused"));
        for (int i = 0; i < 3; i++) {
            pipeline.single(GET).subscribe(row -> order.add("newcomer"));
        }
        time.advanceTimeBy(Duration.ofSeconds(8));

        assertThat(order).containsExactly("refused", "newcomer", "newcomer", "newcomer");
    }

    @Test
    void shouldReportTheTimeThatQuotasCost() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(429, "").header("Retry-After", "8"),
                Answer.ok("{\"value\":[{\"id\":\"a\"}],\"@odata.nextLink\":\"https://h/api/rows?$skip=1\"}"),
                Answer.of(503, "").header("Retry-After", "3"),
                Answer.ok("{\"value\":[{\"id\":\"b\"}]}"));
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        limiter.permits().pause(Row.LIST.info().quota(), Duration.ofSeconds(5));
        AtomicReference<ReadReport> report = new AtomicReference<>();

        StepVerifier.create(pipeline(transport)
                        .rateLimiter(limiter)
                        .build()
                        .paged(Row.LIST.call().build())
                        .doOnReport(report::set))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(16)))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(report).hasValue(new ReadReport(true, 2, 0, 0, 2, 4, Duration.ofSeconds(13)));
    }

    @Test
    void shouldReportTheWaitInWhichAReadWasGivenUp() {
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        limiter.permits().pause(Row.LIST.info().quota(), Duration.ofMinutes(1));
        AtomicReference<ReadReport> report = new AtomicReference<>();

        StepVerifier.create(pipeline(ScriptedTransport.of())
                        .rateLimiter(limiter)
                        .build()
                        .paged(Row.LIST.call().build())
                        .doOnReport(report::set))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(16)))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(report).hasValue(new ReadReport(false, 0, 0, 0, 0, 0, Duration.ofSeconds(16)));
    }

    @Test
    void shouldSendTheBodyAnewWithEachAttempt() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(429, ""), Answer.of(429, ""), Answer.ok("{\"id\":\"x\"}"));

        StepVerifier.create(pipeline(transport).build().single(CREATE))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(transport.requests())
                .allSatisfy(request -> assertThat(request.body().length()).isEqualTo(10));
    }

    @Test
    void shouldStopWaitingWhenCancelled() {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(503, "").header("Retry-After", "10"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .thenCancel()
                .verify(PATIENCE);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(transport.calls()).isEqualTo(1);
    }

    private ScriptedTransport attempts(Call<Row> call, Answer failure) {
        ScriptedTransport transport = ScriptedTransport.serving(request -> failure);
        Pipeline pipeline = pipeline(transport)
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ZERO)
                        .build())
                .build();
        StepVerifier.create(pipeline.single(call))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectError(DefenderException.class)
                .verify(PATIENCE);
        return transport;
    }

    private static Answer timeout(CallTimeoutException.Phase phase) {
        return Answer.failure(new CallTimeoutException(phase, Duration.ofSeconds(1), ErrorContext.NONE));
    }

    private PipelineBuilder pipeline(ScriptedTransport transport) {
        return Pipelines.over(transport).scheduler(time);
    }
}
