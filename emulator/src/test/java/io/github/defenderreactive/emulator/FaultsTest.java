package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a caller sees of each fault. */
class FaultsTest {

    private static DefenderEmulator emulator;
    private static EmulatorClient client;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder().size(3_000).pageSize(1_000).start();
        client = new EmulatorClient(emulator).signIn();
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    @AfterEach
    void forget() {
        emulator.faults().clear();
        emulator.journal().clear();
    }

    private static JournalEntry last() {
        return emulator.journal().calls().get(emulator.journal().calls().size() - 1);
    }

    @Test
    void shouldStrikeSoManyCallsOfAnOperation() {
        emulator.faults().add(Fault.status(503).on("listAlerts").fromCall(2).times(2));

        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(200);
        assertThat(client.get("/api/machines?$top=1").status()).isEqualTo(200);
        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(503);
        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(503);
        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(200);
        assertThat(emulator.faults().fired()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnOperationThatDoesNotExist() {
        assertThatThrownBy(() -> Fault.status(500).on("getMachine", "listAlert"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "operation must be the id of an operation, was 'listAlert'; the nearest are listAlerts");
        assertThatThrownBy(() -> Fault.status(500).on("ListAlerts")).hasMessageContaining("the nearest are listAlerts");
        assertThatThrownBy(() -> Fault.status(500).on("runHuntigQuery"))
                .hasMessageContaining("the nearest are runHuntingQuery");
        assertThatThrownBy(() -> Fault.status(500).on("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stub.of("tokens")).hasMessageContaining("the nearest are token");
        assertThatThrownBy(() -> emulator.journal().calls("listAlert")).hasMessageContaining("listAlerts");
        assertThatThrownBy(() -> emulator.journal().bodyBytes("downloads")).hasMessageContaining("download");
    }

    @Test
    void shouldKnowEveryIdOfTheJournal() {
        for (String id : emulator.service().operationIds()) {
            assertThat(Fault.status(500).on(id, id)).hasToString("STATUS 500 on " + id);
        }
        for (String id : List.of("token", "authorize", "devicecode", "keys", "identity", "download")) {
            assertThat(emulator.journal().calls(id)).isNotNull();
            assertThat(Fault.resetBeforeHeaders().on(id)).hasToString("RESET_BEFORE_HEADERS on " + id);
        }
        assertThat(emulator.journal().calls("")).as("paths that nothing serves").isEmpty();
    }

    @Test
    void shouldRefuseWhatCannotBeSent() {
        assertThatThrownBy(() -> Fault.status(500).header("Retry-After", "1\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.status(500).header("Retry After", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stub.of("getAlert").header("X", "\u20ac"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.throttled(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldThrottleInTheFormOfTheApi() {
        emulator.faults()
                .add(Fault.throttled(Duration.ofSeconds(7))
                        .on("listSecurityAlerts", "listAlerts")
                        .times(2));
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(9)).onToken());

        EmulatorClient.Answer graph = client.get("/v1.0/security/alerts_v2");
        EmulatorClient.Answer endpoint = client.get("/api/alerts");
        ServiceCaller.Answer token = new ServiceCaller(emulator.service()).token(Map.of());

        assertThat(graph.status()).isEqualTo(429);
        assertThat(graph.headers().get("Retry-After")).isEqualTo("7");
        assertThat(graph.json().at("/error/code").asText()).isEqualTo("TooManyRequests");
        assertThat(graph.json().at("/error/message").asText()).contains("again in 7 seconds");
        assertThat(graph.json().at("/error/innerError/request-id").asText()).isNotEmpty();
        assertThat(graph.json().at("/error/target").isMissingNode()).isTrue();
        assertThat(endpoint.json().at("/error/code").asText()).isEqualTo("429");
        assertThat(endpoint.json().at("/error/message").asText()).contains("again in 7 seconds");
        assertThat(endpoint.json().at("/error/target").asText()).isNotEmpty();
        assertThat(token.headers()).containsEntry("Retry-After", "9");
        assertThat(token.json().path("error").asText()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void shouldThrottleLikeTheService() {
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(7)));

        EmulatorClient.Answer answer = client.get("/api/alerts?$top=1");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "7");
        assertThat(answer.json().get("error").get("code").asText()).isEqualTo("429");
        assertThat(answer.json().get("error").get("message").asText()).contains("again in 7 seconds.");
    }

    @Test
    void shouldAnswerHtmlAndGarbageWithStatus200() {
        emulator.faults().add(Fault.html()).add(Fault.garbage().on("listAlerts").fromCall(2));

        EmulatorClient.Answer html = client.get("/api/alerts?$top=1");
        EmulatorClient.Answer garbage = client.get("/api/alerts?$top=1");

        assertThat(html.status()).isEqualTo(200);
        assertThat(html.headers().get("Content-Type")).startsWith("text/html");
        assertThat(html.text()).startsWith("<!DOCTYPE html>");
        assertThatThrownBy(garbage::json).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldResetBeforeHeaders() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("getMachineAction", "isolateMachine"));
        String machine = emulator.tenant().machineId(0);
        int actions = emulator.tenant().actionIds().size();

        assertThatThrownBy(() -> client.post("/api/machines/" + machine + "/isolate", "{\"Comment\":\"c\"}"))
                .hasRootCauseInstanceOf(java.io.IOException.class);
        assertThat(last().status()).isZero();
        assertThat(last().ended()).isTrue();
        assertThat(emulator.tenant().actionIds()).hasSize(actions);
    }

    @Test
    void shouldLoseTheResponseOfACallThatTookEffect() {
        emulator.faults().add(Fault.responseLost().on("isolateMachine"));
        String isolate = "/api/machines/" + emulator.tenant().machineId(0) + "/isolate";
        int actions = emulator.tenant().actionIds().size();

        assertThatThrownBy(() -> client.post(isolate, "{\"Comment\":\"c\",\"IsolationType\":\"Full\"}"))
                .hasRootCauseInstanceOf(java.io.IOException.class);
        assertThat(last().status()).isZero();
        assertThat(emulator.tenant().actionIds()).hasSize(actions + 1);
    }

    @Test
    void shouldImitateFailuresOfActionsHuntingAndLinks() {
        ServiceCaller caller =
                ServiceCaller.of(DefenderEmulator.builder().size(20).actionPace(Duration.ZERO, Duration.ZERO));
        Faults faults = caller.service().faults();
        Tenant tenant = caller.tenant();
        String machine = "/api/machines/" + tenant.machineId(0);
        faults.add(Fault.activeRequest());
        faults.add(Fault.actionEnds("TimeOut", 0x102).fromCall(2));
        faults.add(Fault.huntingTooLarge());
        faults.add(Fault.linkExpired());

        assertThat(caller.post(machine + "/unisolate", "{\"Comment\":\"c\"}").errorCode())
                .isEqualTo("ActiveRequestAlreadyExists");
        String id = caller.post(machine + "/collectInvestigationPackage", "{\"Comment\":\"c\"}")
                .json()
                .get("id")
                .asText();
        assertThat(tenant.machineActions().get(id))
                .containsEntry("status", "TimeOut")
                .containsEntry("errorHResult", 0x102);
        String second = caller.post(machine + "/collectInvestigationPackage", "{\"Comment\":\"c\"}")
                .json()
                .get("id")
                .asText();
        assertThat(tenant.machineActions().get(second)).containsEntry("status", "Succeeded");
        assertThat(caller.post("/api/advancedqueries/run", "{\"Query\":\"DeviceInfo\"}")
                        .errorMessage())
                .startsWith("Query execution has exceeded the allowed result size");
        String link = caller.get("/api/machineactions/" + second + "/GetPackageUri")
                .json()
                .get("value")
                .asText()
                .replace("\"", "");
        String target = link.substring(link.indexOf('/', 8));
        assertThat(caller.call("GET", target, "", Map.of()).status()).isEqualTo(403);
        assertThat(caller.call("GET", target, "", Map.of()).status()).isEqualTo(200);
        assertThat(faults.fired()).isEqualTo(4);
        assertThatThrownBy(() -> Fault.actionEnds("Sunk", 0))
                .hasMessage("status must be one of Failed, TimeOut, Cancelled, was 'Sunk'");
    }

    @Test
    void shouldResetAfterSomeOfTheBody() {
        emulator.faults().add(Fault.resetAfter(50_000));

        assertThatThrownBy(() -> client.get("/api/alerts")).hasRootCauseInstanceOf(java.io.IOException.class);
        assertThat(last().bodyBytes()).isEqualTo(50_000);
        assertThat(last().closedEarly()).isFalse();
    }

    @Test
    void shouldTruncateInGoodOrder() {
        emulator.faults().add(Fault.truncatedAfter(30_000));

        EmulatorClient.Answer answer = client.get("/api/alerts");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(30_000);
        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(200);
    }

    @Test
    void shouldStallUntilTheCallerLeaves() {
        emulator.faults().add(Fault.stalledAfter(10_000));

        assertThatThrownBy(() -> client.exchange(
                                io.netty.handler.codec.http.HttpMethod.GET, "/api/alerts", "", client.bearer())
                        .timeout(Duration.ofSeconds(2))
                        .block(EmulatorClient.PATIENCE))
                .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);

        Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> last().ended());
        assertThat(last().bodyBytes()).isEqualTo(10_000);
        assertThat(last().closedEarly()).isTrue();
    }

    @Test
    void shouldPaceTheBody() {
        emulator.faults().add(Fault.paced(40_000));
        long begin = System.nanoTime();

        EmulatorClient.Answer answer = client.get("/api/alerts?$top=20");

        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(millis).isGreaterThan(answer.body().length * 1000L / 40_000 - 100);
        assertThat(answer.json().get("value")).hasSize(20);
    }

    @Test
    void shouldDelayTheHeaders() {
        emulator.faults().add(Fault.delayed(Duration.ofMillis(300)));
        long begin = System.nanoTime();

        assertThat(client.get("/api/alerts?$top=1").status()).isEqualTo(200);
        assertThat(System.nanoTime() - begin).isGreaterThan(300_000_000L);
    }

    @Test
    void shouldLoopTheNextLink() {
        emulator.faults().add(Fault.loopedNextLink().always());

        JsonNode page = client.get("/api/alerts?$skip=1000").json();

        assertThat(page.get("@odata.nextLink").asText()).isEqualTo(emulator.baseUrl() + "/api/alerts?$skip=1000");
        assertThat(client.get("/api/alerts?$skip=2500")
                        .json()
                        .get("@odata.nextLink")
                        .asText())
                .isEqualTo(emulator.baseUrl() + "/api/alerts?$skip=2500");
    }

    @Test
    void shouldLinkToAnotherHost() {
        emulator.faults().add(Fault.foreignNextLink(URI.create("https://other.example")));

        assertThat(client.get("/api/alerts").json().get("@odata.nextLink").asText())
                .isEqualTo("https://other.example/api/alerts?$skip=1000");
        assertThat(client.get("/api/alerts").json().get("@odata.nextLink").asText())
                .startsWith(emulator.baseUrl().toString());
    }

    @Test
    void shouldStrikeTheTokenEndpointOnlyWhenNamed() {
        emulator.faults().add(Fault.status(500).always());
        assertThat(client.tokenAnswer().status()).isEqualTo(200);
        emulator.faults().clear();
        emulator.faults()
                .add(Fault.status(429).header("Retry-After", "3").onToken())
                .add(Fault.garbage().onToken().fromCall(2))
                .add(Fault.delayed(Duration.ofMillis(200)).onToken().fromCall(3));

        EmulatorClient.Answer throttled = client.tokenAnswer();
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.headers()).containsEntry("Retry-After", "3");
        assertThat(throttled.json().get("error").asText()).isEqualTo("temporarily_unavailable");
        assertThatThrownBy(() -> client.tokenAnswer().json()).isInstanceOf(AssertionError.class);
        long begin = System.nanoTime();
        assertThat(client.tokenAnswer().status()).isEqualTo(200);
        assertThat(System.nanoTime() - begin).isGreaterThan(200_000_000L);
        assertThat(emulator.journal().tokenRequests()).isEqualTo(4);
    }

    @Test
    void shouldMoveTheClockByTheSkew() {
        emulator.faults().clockSkew(Duration.ofHours(2));

        EmulatorClient.Answer answer = client.get("/api/alerts?$top=1");
        Instant date = ZonedDateTime.parse(answer.headers().get("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();

        assertThat(answer.status()).as("the token is two hours old now").isEqualTo(401);
        assertThat(date)
                .isBetween(Instant.now().plusSeconds(7_100), Instant.now().plusSeconds(7_300));
    }
}
