package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Options of the builder, as they are seen on the wire. */
class ClientOptionsTest {

    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(Loopback.service(request -> request.uri().contains("/files/")
                ? Answer.status(200).body("content")
                : request.uri().contains("/api/alerts")
                        ? Answer.json("{\"value\":[]}")
                        : Loopback.machine(Loopback.lastOf(request))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DefenderClient.Builder builder() {
        return Loopback.builder(server);
    }

    /** Calls the API, the authority and the storage. */
    private void callAll(DefenderClient client) {
        StepVerifier.create(client.machines().get("m1")).expectNextCount(1).verifyComplete();
        StepVerifier.create(client.alerts().list()).verifyComplete();
        StepVerifier.create(client.downloads()
                        .bytes(server.uri("/files/x?sig=s1gnature").toString())
                        .then())
                .verifyComplete();
        assertThat(server.requests()).hasSize(4);
    }

    private List<FaultServer.Request> toApi(boolean api) {
        return server.requests().stream()
                .filter(request -> request.uri().startsWith("/api/") == api)
                .toList();
    }

    @Test
    void shouldSendTheUserAgentToTheApi() {
        try (DefenderClient client =
                builder().userAgent("my-soc/2.1 (night shift)").build()) {
            callAll(client);
        }

        assertThat(toApi(true))
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.headers().get("User-Agent")).isEqualTo("my-soc/2.1 (night shift)"));
    }

    @Test
    void shouldSendADefaultUserAgent() {
        try (DefenderClient client = builder().build()) {
            callAll(client);
        }

        assertThat(toApi(true))
                .allSatisfy(request ->
                        assertThat(request.headers().get("User-Agent")).isEqualTo(Pipeline.DEFAULT_USER_AGENT));
    }

    @Test
    void shouldSendDefaultHeadersToTheApiOnly() {
        try (DefenderClient client = builder()
                .defaultHeader("Ocp-Apim-Subscription-Key", "k3y")
                .defaultHeader("X-Case", "1")
                .defaultHeader("x-case", "2")
                .build()) {
            callAll(client.withDeadline(Duration.ofSeconds(30)));
        }

        assertThat(toApi(true)).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers().get("Ocp-Apim-Subscription-Key")).isEqualTo("k3y");
            assertThat(request.headers().get("X-Case")).isEqualTo("2");
        });
        assertThat(toApi(false)).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers().get("Ocp-Apim-Subscription-Key")).isNull();
            assertThat(request.headers().get("X-Case")).isNull();
        });
    }

    @Test
    void shouldRemoveASecretHeaderFromMessages() {
        server.answer(Loopback.service(request ->
                Answer.status(400).body("{\"error\":{\"code\":\"BadRequest\",\"message\":\"key k3y-0123456789\"}}")));

        try (DefenderClient client = builder()
                .defaultHeader("Ocp-Apim-Subscription-Key", "k3y-0123456789")
                .build()) {
            StepVerifier.create(client.machines().get("m1"))
                    .expectErrorSatisfies(error ->
                            assertThat(error).hasMessageContaining("BadRequest").hasMessageNotContaining("0123456789"))
                    .verify(Clients.PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "host", "CONTENT-LENGTH", "Accept-Encoding", "Transfer-Encoding"})
    void shouldRefuseAHeaderThatTheClientSets(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().defaultHeader(name, "x"))
                .withMessage("header " + name + " is set by the client and cannot be replaced");
    }

    @Test
    void shouldRefuseAHeaderThatIsNotValid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().defaultHeader("User-Agent", "x"))
                .withMessage("header User-Agent is set by the client; use userAgent(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().defaultHeader("X Y", "x"))
                .withMessageContaining("header name must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().defaultHeader("X-Key", "geheim\r\nHost: evil"))
                .withMessage("value of header X-Key must be printable ASCII without blanks at its ends");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().userAgent(""))
                .withMessageContaining("User-Agent");
    }

    @Test
    void shouldEndEveryCallAtTheDeadline() {
        server.answer(Loopback.service(request -> Answer.nothing(Answer.Ending.STALL)));

        try (DefenderClient client = builder().deadline(Duration.ofMillis(100)).build()) {
            for (Flux<?> call : List.of(
                    client.machines().get("m1").flux(),
                    client.alerts().list(),
                    client.downloads().bytes(server.uri("/files/x").toString()))) {
                StepVerifier.create(call)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOfSatisfying(
                                        CallTimeoutException.class,
                                        timeout -> assertThat(timeout.phase())
                                                .isEqualTo(CallTimeoutException.Phase.DEADLINE)))
                        .verify(Clients.PATIENCE);
            }
        }
    }

    @Test
    void shouldRefuseADeadlineThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefenderClient.builder().deadline(Duration.ZERO))
                .withMessage("deadline must be positive, was PT0S");
    }

    @Test
    void shouldRefuseTransportOptionsBesideResources() {
        try (ClientResources resources = ClientResources.create()) {
            DefenderClient.Builder builder =
                    builder().resources(resources).transportOptions(TransportOptions.defaults());

            assertThatIllegalStateException()
                    .isThrownBy(builder::build)
                    .withMessage("transportOptions(...) has no effect on the connections of resources(...);"
                            + " set the options with ClientResources.builder().transportOptions(...) instead");
        }
    }
}
