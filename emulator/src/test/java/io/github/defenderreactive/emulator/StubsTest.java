package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.emulator.internal.description.ServedApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Responses in place of the emulator's own. */
class StubsTest {

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(100).roles("Machine.Read.All"));
    private final Stubs stubs = caller.service().stubs();

    @Test
    void shouldAnswerEveryCallOfTheOperation() {
        stubs.add(Stub.of("listMachines", "getMachine").json(Map.of("value", List.of())));

        for (String target : List.of("/api/machines", "/api/machines", "/api/machines/x")) {
            ServiceCaller.Answer answer = caller.get(target);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"value\":[]}");
            assertThat(answer.headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
        }
        assertThat(stubs.fired()).isEqualTo(3);
    }

    @Test
    void shouldAnswerSoManyCallsFromOneOn() {
        stubs.add(Stub.of("getMachine").status(409).fromCall(2).times(1));
        String machine = "/api/machines/" + caller.tenant().machineId(0);

        assertThat(List.of(caller.get(machine), caller.get(machine), caller.get(machine)))
                .extracting(ServiceCaller.Answer::status)
                .containsExactly(200, 409, 200);
    }

    @Test
    void shouldAdmitTheCallAsAlways() {
        stubs.add(Stub.of("getAlert", "listMachines").json(1));

        assertThat(caller.get("/api/alerts/x").status())
                .as("without the permission")
                .isEqualTo(403);
        assertThat(caller.get("/api/machines?colour=red").status()).isEqualTo(400);
        assertThat(new ServiceCaller(caller.service()).get("/api/machines").status())
                .isEqualTo(401);
        caller.service().faults().add(Fault.status(503).on("listMachines"));
        assertThat(caller.get("/api/machines").status()).isEqualTo(503);
        assertThat(caller.get("/api/machines").text()).isEqualTo("1");
    }

    @Test
    void shouldDressAndCodeTheResponseAsTheApiDoes() {
        ServiceCaller graph =
                ServiceCaller.of(DefenderEmulator.builder().size(100)).at(ServedApi.GRAPH_SECURITY);
        graph.service().stubs().add(Stub.of("listSecurityAlerts").json(Map.of("value", List.of())));
        graph.header("accept-encoding", "deflate");

        ServiceCaller.Answer answer = graph.get("/v1.0/security/alerts_v2");

        assertThat(answer.headers()).containsKeys("request-id", "Date").containsEntry("Content-Encoding", "deflate");
    }

    @Test
    void shouldSendWhatIsGiven() {
        stubs.add(Stub.of("getMachine")
                .body("text/plain", "quay")
                .body("text/html", "<p>")
                .header("x-quay", "7")
                .header("X-Quay", "8"));

        ServiceCaller.Answer answer = caller.get("/api/machines/x");

        assertThat(answer.text()).isEqualTo("<p>");
        assertThat(answer.headers()).containsEntry("Content-Type", "text/html").containsEntry("X-Quay", "8");
        assertThat(answer.headers()).doesNotContainKey("x-quay");
    }

    @Test
    void shouldReplaceResponsesOfTheLoginService() {
        stubs.add(Stub.of("token").json(Map.of("error", "invalid_grant")).times(1));

        ServiceCaller.Answer refused = caller.token(Map.of());
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(caller.token(Map.of()).json().has("access_token")).isTrue();
    }

    @Test
    void shouldSendNoBodyWhereNoneMayBe() {
        ServiceCaller all = ServiceCaller.of(DefenderEmulator.builder().size(100));
        all.service().stubs().add(Stub.of("deleteIndicator").json(Map.of()).times(1));
        all.service().stubs().add(Stub.of("deleteIndicator").json(Map.of()).status(204));
        all.service().stubs().add(Stub.of("listAlerts"));

        assertThat(all.delete("/api/indicators/1").text()).isEqualTo("{}");
        ServiceCaller.Answer none = all.delete("/api/indicators/1");
        assertThat(none.status()).isEqualTo(204);
        assertThat(none.body()).isEmpty();
        assertThat(all.get("/api/alerts").body()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoJsonAndNoStatus() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stub.of("getMachine").json(Map.of("state", List.of(Thread.State.NEW))))
                .withMessage("body.state[0] must be a JSON value, was NEW (State)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stub.of("getMachine").status(102))
                .withMessage("code must be from 200 to 599, was 102");
        assertThatIllegalArgumentException().isThrownBy(Stub::of);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stub.of("getMachine").times(0))
                .withMessage("count must be >= 1, was 0");
    }
}
