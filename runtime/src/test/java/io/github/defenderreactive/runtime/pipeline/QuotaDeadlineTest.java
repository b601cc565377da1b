package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.ratelimit.SharedQuota;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Calls that wait for permits, and the deadline that does not count those waits. All with the default settings. */
class QuotaDeadlineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Answer OK = Answer.ok("{\"id\":\"x\"}");
    private static final Answer REFUSED = Answer.of(429, "");
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
    private final List<Long> sentAt = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int done;

    @AfterEach
    void stop() {
        time.dispose();
    }

    private PipelineBuilder pipeline(ScriptedTransport transport) {
        return Pipelines.over(transport)
                .scheduler(time)
                .rateLimiter(limiter)
                .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build());
    }

    /** Answers in turn, the last answer for ever. */
    private ScriptedTransport serving(Answer... answers) {
        return ScriptedTransport.serving(request -> {
            int number = sentAt.size();
            sentAt.add(time.now(TimeUnit.SECONDS));
            return answers[Math.min(number, answers.length - 1)];
        });
    }

    private static <T> Operation<T> withQuota(Operation<T> operation, int perMinute, int perHour) {
        OperationInfo info = operation.info();
        return new Operation<>(
                info.mutate().quota(new Quota(info.id(), perMinute, perHour)).build(),
                operation.shape(),
                operation.responseDecoder(),
                operation.key(),
                operation.requestDecoder(),
                null);
    }

    private void start(int calls, int atOnce, Mono<?> call) {
        Flux.range(0, calls)
                .flatMap(i -> call.doOnError(failures::add).onErrorComplete(), atOnce)
                .subscribe(item -> done++);
    }

    @Test
    void shouldCarryOutEveryActionOfAQueueOfMinutes() {
        Call<Row> action =
                withQuota(Row.CREATE, 10, 0).call().body(new Row("n")).build();
        ScriptedTransport transport = serving(OK);

        start(25, 25, pipeline(transport).build().single(action));
        time.advanceTimeBy(Duration.ofMinutes(3));

        assertThat(failures).isEmpty();
        assertThat(done).isEqualTo(25);
        assertThat(sentAt).hasSize(25).endsWith(120L);
    }

    @Test
    void shouldCarryOutEveryReadOfAQueueOfMinutes() {
        start(250, 256, pipeline(serving(OK)).build().single(GET));
        time.advanceTimeBy(Duration.ofMinutes(3));

        assertThat(failures).isEmpty();
        assertThat(done).isEqualTo(250);
        assertThat(sentAt).hasSize(250).endsWith(120L);
    }

    @Test
    void shouldRefuseAtOnceWhatWouldWaitLongerThanTheLimiterAllows() {
        Call<Row> action =
                withQuota(Row.CREATE, 10, 0).call().body(new Row("n")).build();

        start(100, 100, pipeline(serving(OK)).build().single(action));

        // 10 now, 50 in the five minutes that a call may wait
        assertThat(failures)
                .hasSize(40)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(ThrottledException.class, refusal -> {
                            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(6));
                            assertThat(refusal.attempts()).isZero();
                        })
                        .hasMessageContaining("Local rate limit of createRow (10 a minute) exceeded")
                        .hasMessageContaining("PT6M, after 50 other calls")
                        .hasMessageContaining("may only wait PT5M. Make fewer calls at once, or raise maxWait"));
        time.advanceTimeBy(Duration.ofMinutes(6));
        assertThat(done).isEqualTo(60);
    }

    @Test
    void shouldBeginTheDeadlineWithThePermit() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.never());
        limiter.permits().pause(GET.operation().info().quota(), Duration.ofMinutes(4));

        StepVerifier.create(pipeline(transport)
                        .build()
                        .withDeadline(Duration.ofSeconds(20))
                        .single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(4).plusSeconds(19)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> assertThat(transport.cancels()).isZero())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectErrorSatisfies(error -> assertThat(((CallTimeoutException) error).phase())
                        .isEqualTo(CallTimeoutException.Phase.DEADLINE))
                .verify(PATIENCE);
    }

    @Test
    void shouldBeginTheDeadlineOfAPageWithThePermit() {
        ScriptedTransport transport = ScriptedTransport.serving(request -> Answer.never());
        limiter.permits().pause(Row.LIST.info().quota(), Duration.ofMinutes(4));

        StepVerifier.create(pipeline(transport)
                        .build()
                        .withDeadline(Duration.ofSeconds(20))
                        .paged(Row.LIST.call().build()))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(4).plusSeconds(19)))
                .then(() -> assertThat(transport.calls()).isEqualTo(1))
                .then(() -> assertThat(transport.cancels()).isZero())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectErrorSatisfies(error -> assertThat(((CallTimeoutException) error).phase())
                        .isEqualTo(CallTimeoutException.Phase.DEADLINE))
                .verify(PATIENCE);
    }

    @Test
    void shouldNotCountTheWaitsForFurtherPermitsAgainstTheDeadline() {
        ScriptedTransport transport = serving(
                Answer.of(429, "").header("Retry-After", "120"),
                Answer.of(429, "").header("Retry-After", "120"),
                OK);

        StepVerifier.create(pipeline(transport)
                        .build()
                        .withDeadline(Duration.ofSeconds(20))
                        .single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(240)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).containsExactly(0L, 120L, 240L);
    }

    @Test
    void shouldFailWithTheRefusalWhenTheWaitIsLongerThanTheLimiterAllows() {
        ScriptedTransport transport = serving(
                Answer.of(429, "{\"error\":{\"code\":\"429\",\"message\":\"m\",\"target\":\"t-1\"}}")
                        .header("Retry-After", "200"),
                Answer.of(429, "{\"error\":{\"code\":\"429\",\"message\":\"m\",\"target\":\"t-2\"}}")
                        .header("Retry-After", "101"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(200)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ThrottledException.class)
                        .hasMessageContaining(
                                "PT1M41S is longer than the PT1M40S that maxWait of the RateLimiter leaves")
                        .hasMessageContaining("HTTP 429, code 429, request t-2, 2 attempts"))
                .verify(PATIENCE);
    }

    @Test
    void shouldSayWhatTheServiceSaidWhenTheLimiterHasNoPermitAfterARefusal() {
        Call<Row> get = withQuota(Row.GET, 1, 2).call().path("id", "1").build();
        ScriptedTransport transport = serving(
                Answer.of(429, "{\"error\":{\"code\":\"429\",\"message\":\"m\",\"target\":\"t-1\"}}")
                        .header("Retry-After", "60"),
                Answer.of(429, "{\"error\":{\"code\":\"429\",\"message\":\"m\",\"target\":\"t-2\"}}")
                        .header("Retry-After", "60"));

        StepVerifier.create(pipeline(transport).build().single(get))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ThrottledException.class)
                        .hasMessageContaining("not retried. Local rate limit of getRow (1 a minute, 2 an hour)")
                        .hasMessageContaining("request t-2"))
                .verify(PATIENCE);
        assertThat(sentAt).hasSize(2);
    }

    @Test
    void shouldPauseAsAQuotaNeedsWhenARefusalDoesNotSayForHowLong() {
        ScriptedTransport transport = serving(REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, OK);

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(4)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).containsExactly(0L, 5L, 15L, 35L, 75L, 135L, 195L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "Mon, 23 Nov 2020 10:00:00 GMT", "soon", "Infinity"})
    void shouldTakeAWaitOfNothingForNone(String retryAfter) {
        ScriptedTransport transport = serving(Answer.of(429, "").header("Retry-After", retryAfter), OK);

        StepVerifier.create(pipeline(transport).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).containsExactly(0L, 5L);
    }

    @Test
    void shouldPauseAtLeastUntilAPermitComesBack() {
        Call<Row> get = withQuota(Row.GET, 5, 20).call().path("id", "1").build();

        StepVerifier.create(pipeline(serving(REFUSED, OK)).build().single(get))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(3)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).containsExactly(0L, 180L);
    }

    @Test
    void shouldPauseOnceForARefusalOfManyCalls() {
        ScriptedTransport service = ScriptedTransport.serving(request -> {
            sentAt.add(time.now(TimeUnit.SECONDS));
            return sentAt.size() <= 10 ? REFUSED : OK;
        });
        Transport slow = new Transport() {
            @Override
            public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
                return Mono.delay(Duration.ofSeconds(1), time).thenMany(service.exchange(request, reader));
            }
        };

        start(
                10,
                10,
                Pipelines.over(slow)
                        .scheduler(time)
                        .rateLimiter(limiter)
                        .build()
                        .single(GET));
        time.advanceTimeBy(Duration.ofSeconds(7));

        assertThat(failures).isEmpty();
        assertThat(done).isEqualTo(10);
        assertThat(sentAt).hasSize(20);
        assertThat(sentAt.subList(0, 10)).containsOnly(1L);
        assertThat(sentAt.subList(10, 20)).containsOnly(7L);
    }

    @Test
    void shouldBeginWithAShortPauseAgainWhenCallsHavePassedMeanwhile() {
        Pipeline pipeline = pipeline(serving(REFUSED, REFUSED, OK, REFUSED, OK)).build();

        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(15)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        time.advanceTimeBy(Duration.ofSeconds(30));
        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).containsExactly(0L, 5L, 15L, 45L, 50L);
    }

    @Test
    void shouldNotLoseABulkReadToRefusalsThatPass() {
        List<Answer> answers = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            for (int i = 0; i < 9; i++) {
                answers.add(Answer.of(429, "").header("Retry-After", "30"));
            }
            String link = page == 2 ? "" : ",\"@odata.nextLink\":\"/api/rows?$skip=" + (page + 1) + "\"";
            answers.add(Answer.ok("{\"value\":[{\"id\":\"r" + page + "\"}]" + link + "}"));
        }

        StepVerifier.create(pipeline(serving(answers.toArray(Answer[]::new)))
                        .build()
                        .paged(Row.LIST.call().build()))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(3 * 9 * 30)))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).hasSize(30);
    }

    @Test
    void shouldSpendNeitherAttemptsNorBudgetOnRefusals() {
        ScriptedTransport transport =
                serving(REFUSED, Answer.of(500, ""), REFUSED, REFUSED, Answer.of(500, ""), REFUSED, OK);

        StepVerifier.create(pipeline(transport)
                        .retry(RetryPolicy.builder()
                                .baseDelay(Duration.ZERO)
                                .maxAttempts(3)
                                .retryBudget(2)
                                .build())
                        .build()
                        .single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(4)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(sentAt).hasSize(7);
    }

    @Test
    void shouldBoundThePauseThatAPeerAsksFor() {
        Pipeline pipeline = pipeline(serving(Answer.of(429, "").header("Retry-After", "604800"), OK))
                .build();

        StepVerifier.create(pipeline.single(GET))
                .expectErrorSatisfies(error ->
                        assertThat(((DefenderException) error).retryAfter()).isEqualTo(Duration.ofDays(7)))
                .verify(PATIENCE);
        assertThat(limiter.forecast(GET.operation().info().quota(), 1)).isEqualTo(Duration.ofHours(1));
        time.advanceTimeBy(Duration.ofHours(1));
        StepVerifier.create(pipeline.single(GET))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void shouldSendNothingWithTooLittleTimeLeft() {
        AtomicInteger asked = new AtomicInteger();
        TokenCache slow = TokenCache.builder(request -> Mono.delay(Duration.ofMillis(19_500), time)
                        .map(tick -> AccessToken.of(
                                "token" + asked.incrementAndGet(), Instant.now().plusSeconds(3600))))
                .scheduler(time)
                .build();
        ScriptedTransport transport = serving(OK);

        StepVerifier.create(pipeline(transport)
                        .authorization(slow, "scope")
                        .build()
                        .withDeadline(Duration.ofSeconds(20))
                        .single(Row.CREATE.call().body(new Row("n")).build()))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(19_500)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CallTimeoutException.class)
                        .hasMessageContaining("nothing was sent")
                        .isNotInstanceOf(OutcomeUnknownException.class))
                .verify(PATIENCE);
        assertThat(sentAt).isEmpty();
    }

    @Test
    void shouldTakeNoPermitWithTooLittleTimeLeft() {
        Answer slow = Answer.of(503, "").header("Retry-After", "19");
        ScriptedTransport transport = serving(slow);
        Quota quota = GET.operation().info().quota();

        StepVerifier.create(pipeline(transport)
                        .build()
                        .withDeadline(Duration.ofSeconds(19).plusMillis(900))
                        .single(GET))
                .expectErrorSatisfies(
                        error -> assertThat(error).hasMessageContaining("exceeds the time left until the deadline"))
                .verify(PATIENCE);
        assertThat(sentAt).hasSize(1);
        assertThat(limiter.forecast(quota, 99)).isZero();
    }

    @Test
    void shouldNotWaitForASharedQuotaThatNeverAnswers() {
        RateLimiter shared = RateLimiter.builder()
                .scheduler(time)
                .sharedQuota(new SharedQuota() {
                    @Override
                    public Mono<Duration> acquire(Quota quota) {
                        return Mono.never();
                    }

                    @Override
                    public Mono<Void> release(Quota quota) {
                        return Mono.empty();
                    }
                })
                .build();

        StepVerifier.create(pipeline(serving(OK)).rateLimiter(shared).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(5)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ThrottledException.class)
                        .hasMessageContaining("gave no permit within PT5M"))
                .verify(PATIENCE);
    }
}
