package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.TestClock;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The control endpoint, as a test in another language uses it. */
class ControlTest {

    private static final DefenderEmulator EMULATOR = DefenderEmulator.builder()
            .size(30)
            .plainHttp(true)
            .clock(new TestClock("2026-11-20T10:00:00Z"))
            .start();
    private static final EmulatorClient CALLER = new EmulatorClient(EMULATOR).signIn();

    @AfterAll
    static void close() {
        CALLER.close();
        EMULATOR.close();
    }

    private static EmulatorClient.Answer control(HttpMethod method, String path, String body) {
        return CALLER.send(
                method,
                EMULATOR.controlUrl().getPath() + path,
                body,
                Map.of("Authorization", "Bearer " + EMULATOR.controlToken()));
    }

    private static String refused(String path, String body) {
        EmulatorClient.Answer response = control(HttpMethod.POST, path, body);
        assertThat(response.status()).isEqualTo(400);
        return response.json().get("error").get("message").asText();
    }

    @Test
    void shouldRequireItsToken() {
        for (String header : new String[] {"", "Bearer ", "Bearer " + CALLER.token()}) {
            EmulatorClient.Answer response =
                    CALLER.send(HttpMethod.GET, "/_emulator/data", "", Map.of("Authorization", header));

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.text()).doesNotContain(EMULATOR.controlToken());
        }
        assertThat(EMULATOR.journal().toString()).doesNotContain("_emulator");
    }

    @Test
    void shouldAddChangeAndRemoveItems() {
        EmulatorClient.Answer added = control(HttpMethod.POST, "/data/alerts", "{\"title\":\"Gate opened\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String id = added.json().get("id").asText();
        assertThat(CALLER.get("/api/alerts/" + id).json().get("title").asText()).isEqualTo("Gate opened");

        assertThat(control(HttpMethod.PATCH, "/data/alerts/" + id, "{\"severity\":\"High\"}")
                        .status())
                .isEqualTo(204);
        assertThat(control(HttpMethod.GET, "/data/alerts/" + id, "")
                        .json()
                        .get("severity")
                        .asText())
                .isEqualTo("High");
        assertThat(control(HttpMethod.DELETE, "/data/alerts/" + id, "").status())
                .isEqualTo(204);
        assertThat(CALLER.get("/api/alerts/" + id).status()).isEqualTo(404);
        assertThat(control(HttpMethod.GET, "/data/indicators", "").json().get("value"))
                .hasSameSizeAs(EMULATOR.tenant().indicators().list());
        assertThat(control(HttpMethod.GET, "/data", "").text()).contains("\"machines\"", "\"incidents\"");

        assertThat(refused("/data/alerts", "{\"titel\":1}")).contains("the nearest is title");
        assertThat(refused("/data/boats", "{}")).contains("kind must be one of alerts", "was 'boats'");
        assertThat(control(HttpMethod.POST, "/data/alerts?unknown=true", "{\"berth\":1}")
                        .status())
                .isEqualTo(201);
        assertThat(control(HttpMethod.PUT, "/data/alerts", "{}").status()).isEqualTo(405);
        assertThat(control(HttpMethod.GET, "/nothing", "").status()).isEqualTo(404);
    }

    @Test
    void shouldMoveTheClockAndAddFaults() {
        assertThat(control(HttpMethod.POST, "/clock", "{\"advance\":\"PT1M\"}")
                        .json()
                        .get("now")
                        .asText())
                .isEqualTo("2026-11-20T10:01:00Z");
        assertThat(control(HttpMethod.POST, "/clock", "{\"setTime\":\"2026-11-20T10:00:00Z\"}")
                        .status())
                .isEqualTo(200);
        assertThat(EMULATOR.clock().now()).isEqualTo("2026-11-20T10:00:00Z");

        assertThat(control(
                                HttpMethod.POST,
                                "/faults",
                                "{\"fault\":\"throttled\",\"retryAfter\":\"PT7S\",\"on\":[\"listMachines\"],\"times\":2}")
                        .status())
                .isEqualTo(204);
        assertThat(CALLER.get("/api/machines").headers()).containsEntry("Retry-After", "7");
        assertThat(CALLER.get("/api/machines").status()).isEqualTo(429);
        assertThat(CALLER.get("/api/machines").status()).isEqualTo(200);
        assertThat(control(HttpMethod.GET, "/faults", "").json().get("fired").asInt())
                .isEqualTo(2);
        assertThat(control(HttpMethod.DELETE, "/faults", "").status()).isEqualTo(204);

        assertThat(refused("/clock", "{\"advance\":\"soon\"}"))
                .isEqualTo("advance must be a duration such as PT1M, was 'soon'");
        assertThat(refused("/clock", "{\"advance\":\"-PT1S\"}")).startsWith("time must be >= PT0S");
        assertThat(refused("/faults", "{\"fault\":\"tide\"}")).contains("was 'tide'");
        assertThat(refused("/faults", "{\"fault\":\"html\",\"on\":[\"listAlert\"]}"))
                .contains("the nearest are");
        assertThat(refused("/faults", "{\"when\":\"html\"}")).contains("no member when");
        assertThat(refused("/faults", "{\"fault\":\"html\",\"times\":\"2\"}"))
                .isEqualTo("times must be a whole number of 32 bits, was '2'");
        assertThat(refused("/faults", "html")).startsWith("The body must be a JSON object");
    }

    @Test
    void shouldGiveTheRowsOfAQuery() {
        assertThat(control(
                                HttpMethod.POST,
                                "/hunting",
                                "{\"query\":\"Berths | join Boats on Id\",\"rows\":[{\"Id\":1}]}")
                        .status())
                .isEqualTo(204);

        EmulatorClient.Answer found =
                CALLER.post("/api/advancedqueries/run", "{\"Query\":\"Berths | join Boats on Id\"}");

        assertThat(found.json().get("Results")).hasSize(1);

        control(
                HttpMethod.POST,
                "/hunting",
                "{\"query\":\"Tides\",\"columns\":{\"Timestamp\":\"DateTime\",\"Height\":\"Double\"},\"rows\":[]}");
        assertThat(CALLER.post("/api/advancedqueries/run", "{\"Query\":\"Tides\"}")
                        .json()
                        .get("Schema")
                        .toString())
                .isEqualTo(
                        "[{\"Name\":\"Timestamp\",\"Type\":\"DateTime\"},{\"Name\":\"Height\",\"Type\":\"Double\"}]");
        assertThat(refused("/hunting", "{\"query\":\"Tides\",\"columns\":{\"Height\":\"Metres\"},\"rows\":[]}"))
                .startsWith("The type of column Height must be one of DateTime, String");

        EMULATOR.tenant()
                .huntingTable(
                        "DeviceFileEvents",
                        List.of(Map.of("FileName", "a.exe", "Size", 3), Map.of("FileName", "b.exe", "Size", 5)));
        assertThat(CALLER.post(
                                "/api/advancedqueries/run",
                                "{\"Query\":\"DeviceFileEvents | where Size > 4 | project FileName\"}")
                        .json()
                        .get("Results")
                        .toString())
                .isEqualTo("[{\"FileName\":\"b.exe\"}]");
    }
}
