package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Response actions, from request to result, by the clock of the test. */
class MachineActionsTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller = ServiceCaller.of(DefenderEmulator.builder()
            .size(1_000)
            .clock(clock)
            .actionPace(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final String machine = caller.tenant().machineId(1);

    private ServiceCaller.Answer start(String action, String body) {
        return caller.post("/api/machines/" + machine + "/" + action, body);
    }

    private String status(String id) {
        return caller.get("/api/machineactions/" + id).json().get("status").asText();
    }

    @Test
    void shouldProgressWithTheClock() {
        ServiceCaller.Answer answer = start("isolate", "{\"Comment\":\"c\",\"IsolationType\":\"Selective\"}");
        JsonNode action = answer.json();
        String id = action.get("id").asText();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(action.get("type").asText()).isEqualTo("Isolate");
        assertThat(action.get("status").asText()).isEqualTo("Pending");
        assertThat(action.get("requestorComment").asText()).isEqualTo("c");
        clock.advance(Duration.ofSeconds(10));
        assertThat(status(id)).isEqualTo("InProgress");
        clock.advance(Duration.ofSeconds(20));
        assertThat(status(id)).isEqualTo("Succeeded");
        assertThat(caller.get("/api/machineactions/" + id)
                        .json()
                        .get("lastUpdateDateTimeUtc")
                        .asText())
                .isEqualTo("2026-11-20T10:00:30Z");
    }

    @Test
    void shouldRefuseASecondActionOfAKindWhileOneIsActive() {
        start("isolate", "{\"Comment\":\"c\"}");
        ServiceCaller.Answer second = start("isolate", "{\"Comment\":\"c\"}");
        ServiceCaller.Answer otherKind = start("restrictCodeExecution", "{\"Comment\":\"c\"}");
        clock.advance(Duration.ofMinutes(1));
        ServiceCaller.Answer later = start("isolate", "{\"Comment\":\"c\"}");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.errorCode()).isEqualTo("ActiveRequestAlreadyExists");
        assertThat(otherKind.status()).isEqualTo(201);
        assertThat(later.status()).isEqualTo(201);
    }

    @Test
    void shouldCancelOnlyAnActiveAction() {
        String id = start("runAntiVirusScan", "{\"Comment\":\"c\",\"ScanType\":\"Full\"}")
                .json()
                .get("id")
                .asText();

        JsonNode cancelled = caller.post("/api/machineactions/" + id + "/cancel", "{\"Comment\":\"no need\"}")
                .json();
        ServiceCaller.Answer again = caller.post("/api/machineactions/" + id + "/cancel", "{\"Comment\":\"x\"}");
        clock.advance(Duration.ofMinutes(10));

        assertThat(cancelled.get("status").asText()).isEqualTo("Cancelled");
        assertThat(cancelled.get("cancellationComment").asText()).isEqualTo("no need");
        assertThat(again.status()).isEqualTo(400);
        assertThat(status(id)).isEqualTo("Cancelled");
    }

    @Test
    void shouldEndAnActionByHand() {
        String id = start("unisolate", "{\"Comment\":\"c\"}").json().get("id").asText();
        caller.tenant().endAction(id, "TimeOut");

        assertThat(status(id)).isEqualTo("TimeOut");
        assertThat(caller.tenant().actionIds()).startsWith(id);
    }

    @Test
    void shouldEndLaterActionsAsToldWhenTheirTimeHasCome() {
        caller.tenant().actionsEndAs(machine, "Failed");
        String id = start("unisolate", "{\"Comment\":\"c\"}").json().get("id").asText();

        assertThat(status(id)).isEqualTo("Pending");
        clock.advance(Duration.ofSeconds(10));
        assertThat(status(id)).isEqualTo("InProgress");
        clock.advance(Duration.ofSeconds(20));
        assertThat(status(id)).isEqualTo("Failed");
        assertThat(start("unisolate", "{\"Comment\":\"c\"}").status()).isEqualTo(201);
        assertThatThrownBy(() -> caller.tenant().actionsEndAs("f00", "Failed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("machineId must be the id of a machine, was 'f00'");
    }

    @Test
    void shouldListActionsLatestFirst() {
        String id = start("unisolate", "{\"Comment\":\"c\"}").json().get("id").asText();
        JsonNode all = caller.get("/api/machineactions").json().get("value");
        List<String> times = new ArrayList<>(all.findValuesAsText("creationDateTimeUtc"));
        List<String> sorted = new ArrayList<>(times);
        sorted.sort((a, b) -> java.time.Instant.parse(b).compareTo(java.time.Instant.parse(a)));

        assertThat(all.get(0).get("id").asText()).isEqualTo(id);
        assertThat(times).isEqualTo(sorted).hasSizeGreaterThan(10);
        assertThat(caller.get("/api/machineactions?$filter="
                                + ServiceCaller.encode("machineId eq '" + machine + "' and status eq 'Pending'"))
                        .json()
                        .get("value"))
                .hasSize(1);
    }

    @Test
    void shouldHideANewActionForAWhileWhenToldTo() {
        ServiceCaller late =
                ServiceCaller.of(DefenderEmulator.builder().clock(clock).actionVisibleAfter(Duration.ofSeconds(5)));
        String id = late.post("/api/machines/" + late.tenant().machineId(0) + "/unisolate", "{\"Comment\":\"c\"}")
                .json()
                .get("id")
                .asText();

        assertThat(late.get("/api/machineactions/" + id).status()).isEqualTo(404);
        clock.advance(Duration.ofSeconds(5));
        assertThat(late.get("/api/machineactions/" + id).status()).isEqualTo(200);
    }

    @Test
    void shouldLinkToThePackageOnceItIsCollected() {
        String id = start("collectInvestigationPackage", "{\"Comment\":\"c\"}")
                .json()
                .get("id")
                .asText();
        int early = caller.get("/api/machineactions/" + id + "/GetPackageUri").status();
        clock.advance(Duration.ofMinutes(1));
        String value = caller.get("/api/machineactions/" + id + "/getPackageUri")
                .json()
                .get("value")
                .asText();
        String link = value.substring(1, value.length() - 1);

        assertThat(early).isEqualTo(404);
        assertThat(value).startsWith("\"https://").endsWith("\"");
        ServiceCaller.Answer file = caller.call("GET", link.substring(ServiceCaller.ROOT.length()), "", Map.of());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).startsWith(0x50, 0x4b);
        Map<String, String> rest =
                Map.of("Range", "bytes=2-", "If-Range", file.headers().get("ETag"));
        ServiceCaller.Answer part = caller.call("GET", link.substring(ServiceCaller.ROOT.length()), "", rest);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file.body(), 2, file.body().length));
        assertThat(part.headers())
                .containsEntry("Content-Range", "bytes 2-" + (file.body().length - 1) + "/" + file.body().length);
        assertThat(caller.call(
                                "GET",
                                link.substring(ServiceCaller.ROOT.length()),
                                "",
                                Map.of("Range", "bytes=2-", "If-Range", "\"1\""))
                        .status())
                .isEqualTo(200);
        assertThat(caller.call(
                                "GET",
                                link.substring(ServiceCaller.ROOT.length()),
                                "",
                                Map.of("Range", "bytes=" + file.body().length + "-"))
                        .status())
                .isEqualTo(416);
        caller.tenant().downloadRanges(false);
        assertThat(caller.call("GET", link.substring(ServiceCaller.ROOT.length()), "", rest)
                        .status())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(31));
        ServiceCaller.Answer expired = caller.call("GET", link.substring(ServiceCaller.ROOT.length()), "", Map.of());
        assertThat(expired.status()).isEqualTo(403);
        assertThat(expired.text()).startsWith("<?xml");
        assertThat(caller.service().journal().toString()).doesNotContain("sig=");
    }

    @Test
    void shouldRunLiveResponseCommandsInTheirOrderOnly() {
        String run = "{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":\"collect-logs.ps1\"}]}";
        String fetch = "{\"type\":\"GetFile\",\"params\":[{\"key\":\"Path\",\"value\":\"C:\\\\t.log\"}]}";

        ServiceCaller.Answer wrong =
                start("runliveresponse", "{\"Comment\":\"c\",\"Commands\":[" + fetch + "," + run + "]}");
        ServiceCaller.Answer right =
                start("runliveresponse", "{\"Comment\":\"c\",\"Commands\":[" + run + "," + fetch + "]}");
        ServiceCaller.Answer busy = start("runliveresponse", "{\"Comment\":\"c\",\"Commands\":[" + run + "]}");
        String id = right.json().get("id").asText();
        String link = "/api/machineactions/" + id + "/GetLiveResponseResultDownloadLink(index=0)";
        int early = caller.get(link).status();
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = caller.get("/api/machineactions/" + id).json();
        String value = caller.get(link).json().get("value").asText();

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(right.json().get("commands").get(1).get("commandStatus").asText())
                .isEqualTo("Created");
        assertThat(busy.errorCode()).isEqualTo("ActiveRequestAlreadyExists");
        assertThat(early).isEqualTo(404);
        assertThat(done.get("commands").get(1).get("commandStatus").asText()).isEqualTo("Completed");
        assertThat(caller.call("GET", value.substring(ServiceCaller.ROOT.length()), "", Map.of())
                        .json()
                        .get("exit_code")
                        .asInt())
                .isZero();
        assertThat(caller.get(link.replace("index=0", "index=7")).status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseTheFiftyFirstSession() {
        String body =
                "{\"Comment\":\"c\",\"Commands\":[{\"type\":\"GetFile\",\"params\":[{\"key\":\"Path\",\"value\":\"C:\\\\t.log\"}]}]}";
        ServiceCaller many =
                ServiceCaller.of(DefenderEmulator.builder().size(2_000).clock(clock));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            statuses.add(many.post("/api/machines/" + many.tenant().machineId(i) + "/runliveresponse", body)
                    .status());
        }

        assertThat(statuses.subList(0, 50)).containsOnly(201);
        assertThat(statuses.get(50)).isEqualTo(429);
    }

    @Test
    void shouldRunNothingThatIsNotInTheLibrary() {
        String script =
                "{\"Comment\":\"c\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":\"absent.ps1\"}]}]}";

        ServiceCaller.Answer absent = start("runliveresponse", script);
        ServiceCaller.Answer nameless = start("runliveresponse", script.replace("ScriptName", "Args"));
        ServiceCaller.Answer put =
                start("runliveresponse", script.replace("RunScript", "PutFile").replace("ScriptName", "FileName"));

        assertThat(absent.status()).isEqualTo(400);
        assertThat(absent.errorMessage()).isEqualTo("File absent.ps1 is not in the library");
        assertThat(nameless.errorCode()).isEqualTo("MissingRequiredParameter");
        assertThat(put.errorMessage()).isEqualTo("File absent.ps1 is not in the library");
    }

    @Test
    void shouldRefuseABadHashAndAWrongPlatform() {
        String linux = null;
        for (int i = 0; linux == null; i++) {
            String id = caller.tenant().machineId(i);
            if (caller.tenant().machines().get(id).get("osPlatform").equals("Linux")) {
                linux = id;
            }
        }

        assertThat(start("StopAndQuarantineFile", "{\"Comment\":\"c\",\"Sha1\":\"xyz\"}")
                        .errorCode())
                .isEqualTo("InvalidHashValue");
        assertThat(caller.post("/api/machines/" + linux + "/offboard", "{\"Comment\":\"c\"}")
                        .errorCode())
                .isEqualTo("OsPlatformNotSupported");
        assertThat(caller.post("/api/machines/" + "0".repeat(40) + "/isolate", "{\"Comment\":\"c\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldStartAnInvestigationWithItsAlert() {
        JsonNode investigation =
                start("startInvestigation", "{\"Comment\":\"look\"}").json();

        Map<String, ?> alert = caller.tenant()
                .alerts()
                .get(investigation.get("triggeringAlertId").asText());
        assertThat(alert.get("machineId")).isEqualTo(machine);
        assertThat(alert.get("investigationId").toString())
                .isEqualTo(investigation.get("id").asText());
        assertThat(investigation.get("state").asText()).isEqualTo("Running");
        clock.advance(Duration.ofSeconds(30));
        JsonNode ended = caller.get(
                        "/api/investigations/" + investigation.get("id").asText())
                .json();
        assertThat(ended.get("state").asText()).isEqualTo("Benign");
        assertThat(ended.get("endTime").asText()).isEqualTo("2026-11-20T10:00:30Z");
    }
}
