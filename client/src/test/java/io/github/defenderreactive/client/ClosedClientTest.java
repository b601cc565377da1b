package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What calls see of the close of their client. */
class ClosedClientTest {

    @TempDir
    private Path directory;

    private FaultServer server;
    private DefenderClient client;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(Loopback.service(request -> Loopback.machine(Loopback.lastOf(request))));
        client = Loopback.builder(server).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String link() {
        return server.uri("/files/x?sig=s1gnature").toString();
    }

    private Mono<MachineAction> isolate() {
        return client.machineActions()
                .isolate(
                        "m1",
                        IsolateMachineRequest.builder()
                                .comment("case 1")
                                .isolationType(IsolationType.FULL)
                                .build());
    }

    private List<Flux<?>> calls() {
        return List.of(
                client.machines().get("m1").flux(),
                isolate().flux(),
                client.machines().list(),
                client.machines().list().byPage(),
                client.alerts().list(),
                client.token(Api.DEFENDER_ENDPOINT).flux(),
                client.withDeadline(Duration.ofSeconds(5)).machines().get("m1").flux(),
                client.downloads().bytes(link()),
                client.downloads().to(link(), directory.resolve("file")).flux());
    }

    private static void verifyClosed(Flux<?> call) {
        StepVerifier.create(call)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ClientClosedException.class)
                        .isNotInstanceOf(TransientDefenderException.class)
                        .hasMessageContaining("The client was closed"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldRefuseEveryCallAtOnce() {
        List<Flux<?>> before = calls();
        client.close();

        before.forEach(ClosedClientTest::verifyClosed);
        calls().forEach(ClosedClientTest::verifyClosed);
        assertThat(server.connections()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldEndCallsThatWaitForTheirResponse() {
        server.answer(Loopback.service(request -> Answer.nothing(Answer.Ending.STALL)));
        for (Supplier<Publisher<?>> call : List.<Supplier<Publisher<?>>>of(
                () -> client.machines().get("m1"),
                () -> client.machines().list(),
                () -> client.downloads().bytes(link()),
                () -> client.downloads().to(link(), directory.resolve("file")))) {
            int before = server.requests().size();
            StepVerifier.create(call.get())
                    .expectSubscription()
                    .then(() -> {
                        await().atMost(Clients.PATIENCE)
                                .until(() -> server.requests().stream()
                                        .skip(before)
                                        .anyMatch(request -> !request.uri().contains("/oauth2/")));
                        client.close();
                    })
                    .expectError(ClientClosedException.class)
                    .verify(Clients.PATIENCE);
            client = Loopback.builder(server).build();
        }
        await().atMost(Clients.PATIENCE).until(() -> server.openConnections() == 0);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNotKnowTheOutcomeOfAnActionThatWasSent() {
        server.answer(Loopback.service(request -> Answer.nothing(Answer.Ending.STALL)));

        StepVerifier.create(isolate())
                .expectSubscription()
                .then(() -> {
                    await().atMost(Clients.PATIENCE)
                            .until(() -> server.requests().stream()
                                    .anyMatch(request -> request.uri().endsWith("/isolate")));
                    client.close();
                })
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(OutcomeUnknownException.class)
                        .hasCauseInstanceOf(ClientClosedException.class))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldEndAnActionThatWaitsForItsToken() {
        server.answer(Answer.nothing(Answer.Ending.STALL));

        StepVerifier.create(isolate())
                .expectSubscription()
                .then(() -> {
                    await().atMost(Clients.PATIENCE)
                            .until(() -> !server.requests().isEmpty());
                    client.close();
                })
                .expectError(ClientClosedException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldEndACallThatWaitsForItsNextAttempt() {
        server.answer(Loopback.service(request -> Answer.status(503).header("Retry-After", "40")));
        for (Supplier<Publisher<?>> call : List.<Supplier<Publisher<?>>>of(
                () -> client.machines().get("m1"), () -> client.downloads().bytes(link()))) {
            int before = server.requests().size();
            StepVerifier.create(call.get())
                    .expectSubscription()
                    .then(() -> {
                        await().atMost(Clients.PATIENCE)
                                .until(() -> server.requests().stream()
                                        .skip(before)
                                        .anyMatch(request -> !request.uri().contains("/oauth2/")));
                        client.close();
                    })
                    .expectError(ClientClosedException.class)
                    .verify(Duration.ofSeconds(30));
            client = Loopback.builder(server).build();
        }
    }

    @Test
    void shouldEndAStreamThatNobodyReadsFrom() {
        String row = "{\"id\":\"m\"},";
        server.answer(
                Loopback.service(request -> Answer.json("{\"value\":[" + row.repeat(100_000) + "{\"id\":\"last\"}]}")));

        StepVerifier.create(client.machines().list().map(Machine::id), 0)
                .thenRequest(2)
                .expectNext("m", "m")
                .then(client::close)
                .expectError(ClientClosedException.class)
                .verify(Clients.PATIENCE);
        await().atMost(Clients.PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldCloseItsViews() {
        DefenderClient view = client.withDeadline(Duration.ofSeconds(5));
        view.close();
        assertThat(client.machines().get("m1").map(Machine::id).block(Clients.PATIENCE))
                .isEqualTo("m1");
        client.close();
        verifyClosed(view.machines().get("m1").flux());
    }

    @Test
    void shouldLeaveTheOtherClientsOfSharedConnectionsAlone() {
        try (ClientResources shared = ClientResources.create();
                DefenderClient first =
                        Loopback.builder(server).resources(shared).build();
                DefenderClient second =
                        Loopback.builder(server).resources(shared).build()) {
            assertThat(first.machines().get("m1").map(Machine::id).block(Clients.PATIENCE))
                    .isEqualTo("m1");
            first.close();
            verifyClosed(first.machines().get("m1").flux());
            assertThat(second.machines().get("m2").map(Machine::id).block(Clients.PATIENCE))
                    .isEqualTo("m2");
            shared.close();
            verifyClosed(second.machines().get("m2").flux());
            verifyClosed(second.downloads().bytes(link()));
        }
        await().atMost(Clients.PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldLetCallsInProgressEnd() {
        server.answer(Loopback.service(
                request -> Loopback.machine(Loopback.lastOf(request)).slowly(1, Duration.ofMillis(20))));

        StepVerifier.create(Mono.zip(
                        client.machines().get("m1").map(Machine::id),
                        Mono.defer(() -> {
                                    await().atMost(Clients.PATIENCE)
                                            .until(() -> server.requests().size() == 2);
                                    Mono<Void> closing = client.closeLater(Clients.PATIENCE);
                                    return closing.mergeWith(Mono.defer(() -> client.machines()
                                                    .get("m2")
                                                    .then()
                                                    .onErrorResume(ClientClosedException.class, refused -> Mono.empty())
                                                    .then(Mono.empty())))
                                            .then();
                                })
                                .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
                                .thenReturn("closed")))
                .assertNext(both -> assertThat(both.getT1()).isEqualTo("m1"))
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(server.requests()).as("the token and m1").hasSize(2);
        await().atMost(Clients.PATIENCE).until(() -> server.openConnections() == 0);
        client.closeLater(Duration.ZERO).block(Clients.PATIENCE);
    }

    @Test
    void shouldEndCallsInProgressAfterTheGracePeriod() {
        server.answer(Loopback.service(request -> Answer.nothing(Answer.Ending.STALL)));

        StepVerifier.create(client.machines().get("m1"))
                .expectSubscription()
                .then(() -> {
                    await().atMost(Clients.PATIENCE)
                            .until(() -> server.requests().size() == 2);
                    client.closeLater(Duration.ofMillis(20)).block(Clients.PATIENCE);
                })
                .expectError(ClientClosedException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldRefuseANegativeGracePeriod() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.closeLater(Duration.ofSeconds(-1)))
                .withMessage("grace must be >= 0, was PT-1S");
    }

    @Test
    void shouldNotBlockNorEndAnythingBeforeSomebodySubscribes() {
        client.closeLater(Duration.ofSeconds(1));

        assertThat(client.machines().get("m1").map(Machine::id).block(Clients.PATIENCE))
                .isEqualTo("m1");
    }
}
