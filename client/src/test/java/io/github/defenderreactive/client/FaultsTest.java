package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What the service does on a bad day, and what the user of the client sees of it. */
class FaultsTest {

    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(58).pageSize(20).start();
        client = Clients.of(emulator);
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private void shouldStillReadEveryAlertOnce(int calls) {
        Set<String> ids = new HashSet<>();
        StepVerifier.create(client.alerts().list().doOnNext(alert -> ids.add(alert.id())))
                .expectNextCount(58)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(ids).hasSize(58);
        assertThat(emulator.journal().calls("listAlerts")).hasSize(calls);
    }

    private <T extends DefenderException> T failure(Mono<?> call, Class<T> type) {
        AtomicInteger checked = new AtomicInteger();
        List<T> seen = new java.util.ArrayList<>();
        StepVerifier.create(call)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(type);
                    seen.add(type.cast(error));
                    checked.incrementAndGet();
                })
                .verify(Clients.PATIENCE);
        assertThat(checked).hasValue(1);
        T error = seen.get(0);
        assertThat(error.getMessage()).doesNotContain(emulator.clientSecret());
        return error;
    }

    @Test
    void shouldWaitAsLongAsA429Says() {
        emulator.faults()
                .add(Fault.throttled(Duration.ofSeconds(1)).on("listAlerts").fromCall(2));
        long start = System.nanoTime();
        shouldStillReadEveryAlertOnce(4);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void shouldFailAtOnceWhenA429AsksForMoreThanTheDeadline() {
        emulator.faults()
                .add(Fault.throttled(Duration.ofMinutes(10)).on("getAlert").always());
        ThrottledException error = failure(client.alerts().get("da1_1"), ThrottledException.class);
        assertThat(error.status()).isEqualTo(429);
        assertThat(error.serviceCode()).isEqualTo("429");
        assertThat(error.operationId()).isEqualTo("getAlert");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(emulator.journal().calls("getAlert")).hasSize(1);
    }

    @Test
    void shouldRepeatA500() {
        emulator.faults().add(Fault.status(500).on("listAlerts").fromCall(2));
        shouldStillReadEveryAlertOnce(4);
    }

    @Test
    void shouldRepeatA503() {
        emulator.faults().add(Fault.status(503).on("listAlerts").times(2));
        shouldStillReadEveryAlertOnce(5);
    }

    @Test
    void shouldGiveUpAfterTheAttemptsOfThePolicyAndSayHowMany() {
        emulator.faults().add(Fault.status(500).on("getAlert").always());
        ServiceException error = failure(
                client.withRetry(RetryPolicy.builder()
                                .maxAttempts(3)
                                .baseDelay(Duration.ofMillis(1))
                                .build())
                        .alerts()
                        .get("da1_1"),
                ServiceException.class);
        assertThat(error.attempts()).isEqualTo(3);
        assertThat(emulator.journal().calls("getAlert")).hasSize(3);
    }

    @Test
    void shouldRepeatAfterAResetBeforeTheAnswer() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("listAlerts").fromCall(2));
        shouldStillReadEveryAlertOnce(4);
    }

    @Test
    void shouldGoOnBehindTheItemsDeliveredAfterAResetInsideAPage() {
        emulator.faults().add(Fault.resetAfter(9_000).on("listAlerts").fromCall(2));
        shouldStillReadEveryAlertOnce(4);
    }

    @Test
    void shouldGoOnBehindTheItemsDeliveredAfterATruncatedBody() {
        emulator.faults().add(Fault.truncatedAfter(7_000).on("listAlerts").fromCall(3));
        shouldStillReadEveryAlertOnce(4);
    }

    @Test
    void shouldStopAtALoopedNextLink() {
        emulator.faults()
                .add(Fault.loopedNextLink().on("listAlerts").fromCall(2).always());
        StepVerifier.create(client.alerts().list().withoutTimeWindows())
                .expectNextCount(40)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(PagingException.class).hasMessageContaining("listAlerts"))
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listAlerts")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void shouldFollowALinkToAnotherHostOnTheConfiguredOneOnly() throws IOException {
        AtomicInteger contacted = new AtomicInteger();
        try (ServerSocket foreign = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread listener = new Thread(() -> {
                while (!foreign.isClosed()) {
                    try (Socket caller = foreign.accept()) {
                        contacted.incrementAndGet();
                    } catch (IOException e) {
                        return; // closed at the end of the test
                    }
                }
            });
            listener.setDaemon(true);
            listener.start();
            emulator.faults()
                    .add(Fault.foreignNextLink(URI.create("https://127.0.0.1:" + foreign.getLocalPort()))
                            .on("listAlerts")
                            .always());
            StepVerifier.create(client.alerts().list().withoutTimeWindows())
                    .expectNextCount(58)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            assertThat(emulator.journal().calls("listAlerts"))
                    .hasSize(3)
                    .allSatisfy(call -> assertThat(call.authorized()).isTrue());
        }
        assertThat(contacted).hasValue(0);
    }

    @Test
    void shouldCallHtmlWhatItIs() {
        emulator.faults().add(Fault.html().on("getAlert").always());
        DecodeException error = failure(client.alerts().get("da1_1"), DecodeException.class);
        assertThat(error.getMessage()).contains("text/html", "getAlert");
        assertThat(error.status()).isEqualTo(200);
        assertThat(emulator.journal().calls("getAlert")).hasSize(1);
    }

    @Test
    void shouldRepeatA401OnceWithANewToken() {
        emulator.faults().add(Fault.status(401).on("listAlerts"));
        shouldStillReadEveryAlertOnce(4);
        assertThat(emulator.journal().tokenRequests()).isEqualTo(2);
    }

    @Test
    void shouldNotLoopOnA401ThatANewTokenDoesNotCure() {
        emulator.faults()
                .add(Fault.status(401)
                        .body(
                                "application/json",
                                "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"Account mode is inactive\",\"target\":\"t-1\"}}")
                        .on("getAlert")
                        .always());
        AuthenticationException error = failure(client.alerts().get("da1_1"), AuthenticationException.class);
        assertThat(error.getMessage()).contains("Account mode is inactive");
        assertThat(error.requestId()).isEqualTo("t-1");
        assertThat(emulator.journal().calls("getAlert")).hasSize(2);
        assertThat(emulator.journal().tokenRequests()).isEqualTo(2);
    }

    @Test
    void shouldNotRepeatAnActionWhoseAnswerWasLost() {
        String machine = client.machines().list().next().block(Clients.PATIENCE).id();
        emulator.faults().add(Fault.resetBeforeHeaders().on("isolateMachine"));
        OutcomeUnknownException error = failure(
                client.machineActions()
                        .isolate(
                                machine,
                                IsolateMachineRequest.builder()
                                        .comment("case 1")
                                        .isolationType(IsolationType.FULL)
                                        .build()),
                OutcomeUnknownException.class);
        assertThat(error.operationId()).isEqualTo("isolateMachine");
        assertThat(emulator.journal().calls("isolateMachine")).hasSize(1);
    }

    @Test
    void shouldAskForOneTokenHoweverManyCallsComeFirst() {
        emulator.faults().add(Fault.delayed(Duration.ofMillis(300)).onToken());
        String id = "da1_1";
        client.close();
        client = Clients.builder(emulator)
                .rateLimiter(RateLimiter.unlimited())
                // a thousand calls share a few connections: on a busy machine the last one waits for longer than ten
                // seconds
                .transportOptions(Clients.transport(emulator)
                        .maxPending(1_000)
                        .acquireTimeout(Clients.PATIENCE)
                        .build())
                .build();
        Flux<Throwable> answers = Flux.range(0, 1_000)
                .flatMap(
                        i -> client.alerts()
                                .get(id)
                                .<Throwable>map(alert -> new AssertionError("exists"))
                                .onErrorResume(Mono::just),
                        1_000);
        StepVerifier.create(answers.doOnNext(error -> assertThat(error)
                        .isInstanceOf(io.github.defenderreactive.runtime.error.NotFoundException.class)))
                .expectNextCount(1_000)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().tokenRequests()).isEqualTo(1);
    }

    @Test
    void shouldNotFailOthersWhenTheCallerThatBeganTheTokenRequestIsCancelled() {
        emulator.faults().add(Fault.delayed(Duration.ofMillis(500)).onToken());
        reactor.core.Disposable first = client.alerts().list().subscribe();
        Mono<List<Alert>> second = client.alerts().list().collectList();
        StepVerifier.create(second.doOnSubscribe(
                        s -> Mono.delay(Duration.ofMillis(100)).subscribe(tick -> first.dispose())))
                .assertNext(alerts -> assertThat(alerts).hasSize(58))
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(first.isDisposed()).isTrue();
        assertThat(emulator.journal().tokenRequests()).isEqualTo(1);
    }

    @Test
    void shouldFreeTheConnectionOnCancelAtEveryItem() {
        for (int taken = 1; taken <= 45; taken += 4) {
            StepVerifier.create(client.alerts().list().take(taken))
                    .expectNextCount(taken)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
        await().atMost(Clients.PATIENCE).until(() -> emulator.journal().idle());
    }
}
