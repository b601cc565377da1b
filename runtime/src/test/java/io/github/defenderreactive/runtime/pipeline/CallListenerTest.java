package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.ContextView;

/** What a listener hears of calls. */
class CallListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();
    private static final Call<Row> CREATE = Row.CREATE.call().body(new Row("n")).build();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> heard = new ArrayList<>();
    private final List<AttemptSummary> attempts = new ArrayList<>();
    private final List<CallSummary> calls = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    private final class Notes implements CallListener.Factory, CallListener {

        @Override
        public CallListener callStarted(OperationInfo operation, ContextView context) {
            heard.add("call " + operation.id() + " of " + context.getOrDefault("parent", "nobody"));
            return this;
        }

        @Override
        public void permitRequested(int waiting) {
            heard.add("behind " + waiting);
        }

        @Override
        public void permitGranted(Duration waited) {
            heard.add("permit " + waited.toSeconds());
        }

        @Override
        public void tokenReady(Duration waited) {
            heard.add("token " + waited.toSeconds());
        }

        @Override
        public void attemptStarted(int number) {
            heard.add("attempt " + number);
        }

        @Override
        public void attemptEnded(AttemptSummary attempt) {
            attempts.add(attempt);
            heard.add("attempt " + attempt.number() + " " + attempt.outcome().label() + " " + attempt.status() + " "
                    + attempt.bytes() + "B " + attempt.time().toSeconds() + "s");
        }

        @Override
        public void callEnded(CallSummary call) {
            calls.add(call);
            heard.add("call " + call.outcome().label() + " " + call.attempts() + " " + call.items() + " "
                    + call.time().toSeconds() + "s");
        }
    }

    private PipelineBuilder pipeline(ScriptedTransport transport) {
        return Pipelines.over(transport).scheduler(time).listener(new Notes());
    }

    @Test
    void shouldTellOfACallAndItsAttempts() {
        ScriptedTransport transport =
                ScriptedTransport.of(Answer.of(503, "down").header("Retry-After", "5"), Answer.ok("{\"id\":\"x\"}"));
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        limiter.permits().pause(GET.operation().info().quota(), Duration.ofSeconds(3));
        limiter.permits()
                .acquire(GET.operation().info().quota(), Lane.BULK, Duration.ofMinutes(1))
                .subscribe();

        StepVerifier.create(pipeline(transport)
                        .rateLimiter(limiter)
                        .build()
                        .single(GET)
                        .contextWrite(context -> context.put("parent", "span-1")))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(8)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(heard)
                .containsExactly(
                        "call getRow of span-1",
                        "behind 1",
                        "permit 3",
                        "token 0",
                        "attempt 1",
                        "attempt 1 service 503 4B 0s",
                        "behind 0",
                        "permit 0",
                        "token 0",
                        "attempt 2",
                        "attempt 2 success 200 10B 0s",
                        "call success 2 1 8s");
    }

    @Test
    void shouldTellOfEachPageAndItsItems() {
        List<Row> rows = IntStream.range(0, 25).mapToObj(i -> new Row("r" + i)).toList();
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok(RowService.envelope(rows.subList(0, 10), "/api/rows?$skip=10")),
                Answer.ok(RowService.envelope(rows.subList(10, 20), "/api/rows?$skip=20")),
                Answer.ok(RowService.envelope(rows.subList(20, 25), null)));

        StepVerifier.create(pipeline(transport).build().paged(Row.LIST.call().build()))
                .expectNextCount(25)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(heard.stream().filter(note -> note.startsWith("call ")))
                .containsExactly(
                        "call listRows of nobody",
                        "call success 1 10 0s",
                        "call listRows of nobody",
                        "call success 1 10 0s",
                        "call listRows of nobody",
                        "call success 1 5 0s");
    }

    @Test
    void shouldNameHowACallEnds() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(404, ""),
                Answer.failure(new ConnectionException("reset", true, ErrorContext.NONE, null)),
                Answer.never(),
                Answer.never());
        Pipeline pipeline = pipeline(transport).build().withDeadline(Duration.ofSeconds(20));

        StepVerifier.create(pipeline.single(GET))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(CREATE))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(20)))
                .expectError(CallTimeoutException.class)
                .verify(PATIENCE);
        StepVerifier.create(pipeline.single(GET))
                .then(() -> assertThat(transport.calls()).isEqualTo(4))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(heard.stream().filter(note -> note.matches("(call|attempt \\d) [a-z_]+ \\d.*")))
                .containsExactly(
                        "attempt 1 not_found 404 0B 0s",
                        "call not_found 1 0 0s",
                        "attempt 1 connection 0 0B 0s",
                        "call unknown 1 0 0s",
                        "attempt 1 timeout 0 0B 20s",
                        "call timeout 1 0 20s",
                        "attempt 1 cancelled 0 0B 0s",
                        "call cancelled 1 0 0s");
    }

    @Test
    void shouldTellWhatARequestLogNeeds() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(503, "").header("request-id", "r-1"),
                Answer.failure(new ConnectionException("reset", true, ErrorContext.NONE, null)),
                Answer.of(500, "{\"error\":{\"code\":\"X\",\"message\":\"m\",\"target\":\"r-3\"}}"),
                Answer.ok("{\"id\":\"x\"}").header("x-ms-request-id", "r-4"));

        StepVerifier.create(pipeline(transport).build().single(GET))
                .thenAwait()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(attempts).extracting(AttemptSummary::status).containsExactly(503, 0, 500, 200);
        assertThat(attempts).extracting(AttemptSummary::requestId).containsExactly("r-1", null, "r-3", "r-4");
        assertThat(attempts)
                .extracting(attempt -> attempt.failure() == null
                        ? null
                        : attempt.failure().getClass().getSimpleName())
                .containsExactly("ServiceException", "ConnectionException", "ServiceException", null);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.requestId()).isEqualTo("r-4");
            assertThat(call.failure()).isNull();
        });
    }

    @Test
    void shouldTellTheFailureThatTheSubscriberGets() {
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.of(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"m\"}}")
                        .header("request-id", "r-1"),
                Answer.failure(new ConnectionException("reset", true, ErrorContext.NONE, null)));
        List<Throwable> failures = new ArrayList<>();

        for (Call<Row> call : List.of(GET, CREATE)) {
            StepVerifier.create(pipeline(transport).build().single(call))
                    .expectErrorSatisfies(failures::add)
                    .verify(PATIENCE);
        }

        assertThat(calls).extracting(CallSummary::failure).isEqualTo(failures);
        assertThat(calls).extracting(CallSummary::status).containsExactly(403, 0);
        assertThat(calls).extracting(CallSummary::requestId).containsExactly("r-1", null);
    }

    @Test
    void shouldShowDecodedItemsToListenersThatWantThem() {
        List<JsonEncodable> items = new ArrayList<>();
        CallListener.Factory broken = (operation, context) -> new CallListener() {
            @Override
            public boolean wantsItems() {
                return true;
            }

            @Override
            public void itemDecoded(JsonEncodable item) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void callEnded(CallSummary call) {
                throw new IllegalStateException("broken");
            }
        };
        CallListener.Factory examining = (operation, context) -> new CallListener() {
            @Override
            public boolean wantsItems() {
                return operation.id().startsWith("get") || operation.id().startsWith("list");
            }

            @Override
            public void itemDecoded(JsonEncodable item) {
                items.add(item);
            }
        };
        Row first = new Row("a");
        Row second = new Row("b");
        ScriptedTransport transport = ScriptedTransport.of(
                Answer.ok("{\"id\":\"x\"}"),
                Answer.ok(RowService.envelope(List.of(first), "/api/rows?$skip=1")),
                Answer.ok(RowService.envelope(List.of(second), null)),
                Answer.ok("{\"id\":\"n\"}"));
        Pipeline pipeline = Pipelines.over(transport)
                .scheduler(time)
                .listener(broken.andThen(new Notes()).andThen(CallListener.Factory.NONE.andThen(examining)))
                .build();

        StepVerifier.create(Flux.concat(
                        pipeline.single(GET), pipeline.paged(Row.LIST.call().build()), pipeline.single(CREATE)))
                .expectNextCount(4)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(items).containsExactly(new Row("x"), first, second);
        assertThat(calls).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotLetAListenerBreakACall(boolean fromTheStart) {
        ScriptedTransport transport = ScriptedTransport.of(Answer.of(500, ""), Answer.ok("{\"id\":\"x\"}"));
        CallListener.Factory broken = (operation, context) -> {
            if (fromTheStart) {
                throw new IllegalStateException("broken");
            }
            return new CallListener() {
                @Override
                public void permitGranted(Duration waited) {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void attemptStarted(int number) {
                    throw new AssertionError("broken");
                }

                @Override
                public void attemptEnded(AttemptSummary attempt) {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void callEnded(CallSummary call) {
                    heard.add("end");
                    throw new IllegalStateException("broken");
                }
            };
        };

        StepVerifier.create(pipeline(transport).listener(broken).build().single(GET))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(heard).hasSize(fromTheStart ? 0 : 1);
    }
}
