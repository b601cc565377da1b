package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A gateway that sends an interim response before the response: nobody gets the response of another call. */
class InterimResponsesTest {

    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n";
    private static final Duration BETWEEN = Duration.ofMillis(50);

    @AutoClose
    private final FaultServer server = FaultServer.start();

    /** The response comes some time after the interim one, when the caller would be at its next call. */
    private static Answer after(String interim, String json) {
        return Answer.nothing(Answer.Ending.KEEP).raw(interim + response(json)).slowly(interim.length(), BETWEEN);
    }

    private static String response(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
                + json;
    }

    private static String idOf(DefenderClient client, String machine) {
        return client.machines().get(machine).map(Machine::id).block(Clients.PATIENCE);
    }

    private static Mono<MachineAction> isolate(DefenderClient client, String machine) {
        return client.machineActions()
                .isolate(
                        machine,
                        IsolateMachineRequest.builder()
                                .comment("case 1")
                                .isolationType(IsolationType.FULL)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 199})
    void shouldGetEachMachineThatIsRequested(int status) {
        server.answer(Loopback.service(request ->
                after("HTTP/1.1 " + status + " -\r\n\r\n", "{\"id\":\"" + Loopback.lastOf(request) + "\"}")));

        try (DefenderClient client = Loopback.builder(server).build()) {
            for (String machine : List.of("m1", "m2", "m3", "m4")) {
                assertThat(idOf(client, machine)).isEqualTo(machine);
            }
        }
        assertThat(server.requests()).as("nothing is sent twice").hasSize(5);
    }

    @Test
    void shouldNotHandTheResponseOfOneTenantToAnother() {
        server.answer(Loopback.service(request -> {
            String tenant = request.headers().get("Authorization").replace("Bearer " + Loopback.TOKEN, "");
            String json = "{\"id\":\"" + Loopback.lastOf(request) + "-of-" + tenant + "\"}";
            return tenant.equals("a") ? after(HINTS, json) : Answer.json(json);
        }));

        try (ClientResources shared = ClientResources.create();
                DefenderClient a =
                        Loopback.builder(server).resources(shared).tenantId("a").build();
                DefenderClient b =
                        Loopback.builder(server).resources(shared).tenantId("b").build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(idOf(a, "m" + i)).isEqualTo("m" + i + "-of-a");
                assertThat(idOf(b, "m" + i)).isEqualTo("m" + i + "-of-b");
            }
        }
    }

    @Test
    void shouldReportAnActionThatWasCarriedOut() {
        server.answer(Loopback.service(request -> {
            String json = "{\"id\":\"action of " + request.uri().split("/")[3] + "\"}";
            return after(HINTS, json);
        }));

        try (DefenderClient client = Loopback.builder(server).build()) {
            for (String machine : List.of("m1", "m2", "m3")) {
                assertThat(isolate(client, machine).map(MachineAction::id).block(Clients.PATIENCE))
                        .isEqualTo("action of " + machine);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 2"
            })
    void shouldNotKnowTheOutcomeOfAnActionWhoseResponseIsAmbiguous(String bytes) {
        server.answer(Loopback.service(request -> request.uri().endsWith("/isolate")
                ? Answer.nothing(Answer.Ending.KEEP).raw(bytes)
                : Loopback.machine(Loopback.lastOf(request))));

        try (DefenderClient client = Loopback.builder(server).build()) {
            StepVerifier.create(isolate(client, "m1"))
                    .expectError(OutcomeUnknownException.class)
                    .verify(Clients.PATIENCE);
            assertThat(server.requests()).as("the token and the action").hasSize(2);
            assertThat(idOf(client, "m2")).isEqualTo("m2");
        }
    }

    @Test
    void shouldRepeatAReadWhoseResponseIsAmbiguous() {
        server.enqueue(Loopback.token(new FaultServer.Request("POST", "/a/x", java.util.Map.of(), "", new byte[0], 1)));
        server.enqueue(Answer.nothing(Answer.Ending.KEEP).raw(response("{\"id\":\"x\"}") + response("{\"id\":\"y\"}")));
        server.answer(Loopback.service(request -> Loopback.machine(Loopback.lastOf(request))));

        try (DefenderClient client = Loopback.builder(server).build()) {
            assertThat(idOf(client, "m1")).isEqualTo("m1");
        }
    }

    /** The page is whole when it turns out that more came than belongs to it. */
    @Test
    void shouldReadAPageAgainThatIsFollowedByBytesOfNoResponse() {
        String document = "{\"value\":[{\"id\":\"m1\"}]}";
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(document.length())
                + "\r\n" + document + "\r\n";
        UnaryOperator<String> rest = own -> own + "0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        server.enqueue(Loopback.token(new FaultServer.Request("POST", "/a/x", java.util.Map.of(), "", new byte[0], 1)));
        server.enqueue(
                Answer.nothing(Answer.Ending.KEEP).raw(rest.apply(chunks)).slowly(chunks.length(), BETWEEN));
        server.answer(Loopback.service(request -> Answer.json(document)));

        try (DefenderClient client = Loopback.builder(server).build()) {
            StepVerifier.create(client.machines().list().map(Machine::id))
                    .expectNext("m1")
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
        assertThat(server.requests()).as("the token and the page twice").hasSize(3);
    }

    @Test
    void shouldGetTokensListsAndFilesBehindInterimResponses() {
        server.answer(request -> {
            if (request.uri().contains("/oauth2/")) {
                return after(HINTS + HINTS, "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"t\"}");
            }
            return request.uri().startsWith("/files/")
                    ? after(HINTS, "the content")
                    : after(HINTS, "{\"value\":[{\"id\":\"m1\"},{\"id\":\"m2\"}]}");
        });

        try (DefenderClient client = Loopback.builder(server).build()) {
            StepVerifier.create(client.machines().list().map(Machine::id))
                    .expectNext("m1", "m2")
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            StepVerifier.create(client.downloads()
                            .bytes(server.uri("/files/x").toString())
                            .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                            .reduce(String::concat))
                    .expectNext("the content")
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
        assertThat(server.requests()).hasSize(3);
    }
}
