package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.ratelimit.SharedQuota;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.DroppedErrors;
import io.github.defenderreactive.testing.FaultServer;
import io.github.defenderreactive.testing.UtcClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever is thrown, and wherever: the call ends. Over sockets, so that it is thrown on an event loop. */
class GuardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reactor takes it for fatal and throws it on. */
    private static final class MachineIsBroken extends VirtualMachineError {

        private static final long serialVersionUID = 1L;

        MachineIsBroken() {
            super("broken by a test");
        }
    }

    private FaultServer server;
    private ReactorNettyTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(request -> Answer.json(
                request.uri().startsWith("/api/rows/") || request.method().equals("POST")
                        ? "{\"id\":\"x\"}"
                        : "{\"value\":[{\"id\":\"x\"},{\"id\":\"y\"}]}"));
        transport = ReactorNettyTransport.create();
    }

    @AfterEach
    void stop() {
        transport.dispose();
        server.close();
    }

    private PipelineBuilder pipeline() {
        return Pipelines.over(transport)
                .apiRoot(server.uri("/api"))
                .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build());
    }

    static Stream<Supplier<Throwable>> thrown() {
        return Stream.of(
                () -> new IllegalStateException("broken by a test"),
                () -> new AssertionError("broken by a test"),
                () -> new StackOverflowError("broken by a test"),
                () -> new OutOfMemoryError("broken by a test"),
                () -> new NoClassDefFoundError("broken by a test"),
                MachineIsBroken::new);
    }

    private static <T> T raise(Supplier<Throwable> thrown) {
        return GuardTest.<T, RuntimeException>raise(thrown.get());
    }

    @SuppressWarnings("unchecked")
    private static <T, E extends Throwable> T raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static Call<Row> get(JsonDecoder<Row> decoder) {
        return with(Row.GET, decoder).call().path("id", "1").build();
    }

    private static Operation<Row> with(Operation<Row> operation, JsonDecoder<Row> decoder) {
        return new Operation<>(
                operation.info(), operation.shape(), decoder, operation.key(), operation.requestDecoder(), null);
    }

    private static void shouldFail(Flux<?> call) {
        StepVerifier.create(call)
                .thenConsumeWhile(item -> true)
                .expectErrorSatisfies(error -> {
                    if (error instanceof IllegalStateException || error instanceof AssertionError) {
                        assertThat(error).hasMessageContaining("broken by a test");
                    } else {
                        assertThat(error)
                                .isInstanceOf(DefenderException.class)
                                .rootCause()
                                .isInstanceOf(Error.class)
                                .hasMessageContaining("broken by a test");
                    }
                })
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldEndWhenADecoderThrows(Supplier<Throwable> thrown) {
        AtomicInteger read = new AtomicInteger();
        Pipeline pipeline = pipeline().build();

        shouldFail(pipeline.single(get(in -> raise(thrown))).flux());
        shouldFail(pipeline.paged(with(Row.LIST, in -> raise(thrown)).call().build()));
        shouldFail(pipeline.paged(with(Row.LIST, in -> read.incrementAndGet() == 1 ? Row.read(in) : raise(thrown))
                .call()
                .build()));
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldEndWhenACredentialThrows(Supplier<Throwable> thrown) {
        TokenCache tokens = TokenCache.of(request -> raise(thrown));
        TokenCache late = TokenCache.of(request -> Mono.defer(() -> raise(thrown)));

        for (int i = 0; i < 2; i++) {
            shouldFail(pipeline()
                    .authorization(tokens, "scope")
                    .build()
                    .single(get(Row::read))
                    .flux());
            shouldFail(pipeline()
                    .authorization(late, "scope")
                    .build()
                    .paged(Row.LIST.call().build()));
        }
        assertThat(server.requests()).isEmpty();
    }

    /** Fails when it is asked for the time for the so-many-eth time. */
    private static final class BrokenClock extends UtcClock {

        private final AtomicInteger left;
        private final Supplier<Throwable> thrown;

        BrokenClock(int good, Supplier<Throwable> thrown) {
            this.left = new AtomicInteger(good);
            this.thrown = thrown;
        }

        @Override
        public Instant instant() {
            return left.getAndDecrement() > 0 ? Instant.now() : raise(thrown);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldEndWhenTheClockThrows(Supplier<Throwable> thrown) {
        shouldFail(pipeline()
                .clock(new BrokenClock(0, thrown))
                .build()
                .single(get(Row::read))
                .flux());

        server.answer(Answer.status(503));
        for (int good = 1; good < 4; good++) {
            StepVerifier.create(pipeline()
                            .clock(new BrokenClock(good, thrown))
                            .build()
                            .single(get(Row::read)))
                    .expectError()
                    .verify(PATIENCE);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldGoOnWhateverAListenerThrows(Supplier<Throwable> thrown) {
        CallListener broken = new CallListener() {
            @Override
            public void permitRequested(int waiting) {
                raise(thrown);
            }

            @Override
            public void permitGranted(Duration waited) {
                raise(thrown);
            }

            @Override
            public void tokenReady(Duration waited) {
                raise(thrown);
            }

            @Override
            public void attemptStarted(int number) {
                raise(thrown);
            }

            @Override
            public void attemptEnded(AttemptSummary attempt) {
                raise(thrown);
            }

            @Override
            public void callEnded(CallSummary call) {
                raise(thrown);
            }
        };
        CallListener.Factory listener = (operation, context) -> broken;
        CallListener.Factory fromTheStart = (operation, context) -> raise(thrown);

        for (CallListener.Factory each : new CallListener.Factory[] {listener, fromTheStart}) {
            StepVerifier.create(pipeline().listener(each).build().single(get(Row::read)))
                    .expectNext(new Row("x"))
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(pipeline()
                            .listener(each)
                            .build()
                            .paged(Row.LIST.call().build()))
                    .expectNextCount(2)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldEndWhenAListenerToResponsesThrows(Supplier<Throwable> thrown) {
        server.answer(Answer.json("{\"value\":[]}").header("Date", "Mon, 23 Nov 2026 10:00:00 GMT"));

        shouldFail(pipeline().build().paged(Row.LIST.call().build()).doOnResponse(response -> raise(thrown)));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldEndWhenJitterThrows(Supplier<Throwable> thrown) {
        server.answer(Answer.status(500));

        shouldFail(pipeline()
                .random(() -> raise(thrown))
                .build()
                .single(get(Row::read))
                .flux());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldGoOnWhenASharedQuotaThrows(Supplier<Throwable> thrown) {
        SharedQuota broken = new SharedQuota() {
            @Override
            public Mono<Duration> acquire(Quota quota) {
                return raise(thrown);
            }

            @Override
            public Mono<Void> release(Quota quota) {
                return Mono.empty();
            }
        };

        StepVerifier.create(pipeline()
                        .rateLimiter(RateLimiter.builder().sharedQuota(broken).build())
                        .build()
                        .single(get(Row::read)))
                .expectNext(new Row("x"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldTellASubscriberWhatItsOwnOperatorsThrow(Supplier<Throwable> thrown) {
        StepVerifier.create(pipeline().build().single(get(Row::read)).map(row -> raise(thrown)))
                .expectErrorSatisfies(error -> assertThat(error).hasStackTraceContaining("broken by a test"))
                .verify(PATIENCE);
        StepVerifier.create(pipeline()
                        .build()
                        .empty(Row.TOUCH.call().path("id", "1").build())
                        .then(Mono.fromRunnable(() -> raise(thrown))))
                .expectErrorSatisfies(error -> assertThat(error).hasStackTraceContaining("broken by a test"))
                .verify(PATIENCE);
    }

    @Test
    void shouldSayWhatToDoWhenMemoryRunsOut() {
        StepVerifier.create(pipeline().build().single(get(in -> {
                    throw new OutOfMemoryError("Java heap space");
                })))
                .expectErrorSatisfies(error -> assertThat(error)
                        .hasMessageContaining("The JVM ran out of memory (Java heap space); give it more")
                        .hasMessageContaining("getRow"))
                .verify(PATIENCE);
    }

    @Test
    void shouldLeaveNobodyInAQueueWhoseClockFails() {
        AtomicBoolean broken = new AtomicBoolean();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        RateLimiter limiter = RateLimiter.builder()
                .scheduler(new ForwardingScheduler(time) {
                    @Override
                    public long now(TimeUnit unit) {
                        if (broken.get()) {
                            throw new IllegalStateException("broken by a test");
                        }
                        return super.now(unit);
                    }
                })
                .build();
        Quota quota = new Quota("g", 1, 0);
        limiter.permits().acquire(quota, Lane.BULK, PATIENCE).block(PATIENCE);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            limiter.permits()
                    .acquire(quota, Lane.BULK, Duration.ofMinutes(5))
                    .subscribe(null, error -> failed.incrementAndGet());
        }
        broken.set(true);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(failed).hasValue(3);
        assertThat(limiter.waiting(quota)).isZero();
        broken.set(false);
        time.advanceTimeBy(Duration.ofMinutes(1));
        StepVerifier.create(limiter.permits().acquire(quota, Lane.BULK, PATIENCE))
                .expectComplete()
                .verify(PATIENCE);
        time.dispose();
    }

    @Test
    void shouldLeaveTheOthersInAQueueAloneWhenOneOfThemThrows() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
        Quota quota = new Quota("g", 2, 0);
        AtomicInteger given = new AtomicInteger();
        limiter.permits().pause(quota, Duration.ofSeconds(5));
        limiter.permits().acquire(quota, Lane.BULK, Duration.ofMinutes(5)).subscribe(null, error -> {}, () -> {
            given.incrementAndGet();
            throw new MachineIsBroken();
        });
        limiter.permits()
                .acquire(quota, Lane.BULK, Duration.ofMinutes(5))
                .subscribe(null, null, given::incrementAndGet);
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(given).hasValue(2);
        assertThat(DroppedErrors.collect()).hasSize(1);
        time.dispose();
    }

    /** A scheduler whose clock a test can break. */
    private static class ForwardingScheduler implements Scheduler {

        private final Scheduler to;

        ForwardingScheduler(Scheduler to) {
            this.to = to;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return to.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return to.schedule(task, delay, unit);
        }

        @Override
        public Worker createWorker() {
            return to.createWorker();
        }

        @Override
        public long now(TimeUnit unit) {
            return to.now(unit);
        }
    }
}
