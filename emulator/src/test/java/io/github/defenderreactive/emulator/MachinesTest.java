package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices, their tags and value, and the ways to find them. */
class MachinesTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(1_200).pageSize(25).clock(clock));
    private final String id = caller.tenant().machineId(3);

    @Test
    void shouldListDevicesAscendingById() {
        List<String> ids = new ArrayList<>();
        String target = "/api/machines";
        while (target != null) {
            JsonNode page = caller.get(target).json();
            page.get("value").forEach(machine -> ids.add(machine.get("id").asText()));
            JsonNode link = page.get("@odata.nextLink");
            target = link == null ? null : link.asText().substring(ServiceCaller.ROOT.length());
        }

        assertThat(ids).hasSize(60).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allMatch(each -> each.matches("[0-9a-f]{40}"));
    }

    @Test
    void shouldGetADeviceByIdAndByName() {
        JsonNode byId = caller.get("/api/machines/" + id).json();
        String name = byId.get("computerDnsName").asText();

        assertThat(caller.get("/API/Machines/" + name).json()).isEqualTo(byId);
        assertThat(byId.get("osVersion").isNull()).isTrue();
        assertThat(byId.has("agentVersion")).isTrue();
        assertThat(caller.get("/api/machines/" + "0".repeat(40)).status()).isEqualTo(404);
        assertThat(caller.get("/api/machines/nb-osl-99999").status()).isEqualTo(404);
    }

    @Test
    void shouldFilterDevices() {
        String name = caller.tenant().machines().get(id).get("computerDnsName").toString();

        assertThat(caller.get("/api/machines?$filter="
                                + ServiceCaller.encode("startswith(computerDnsName,'" + name.substring(0, 12) + "')"))
                        .json()
                        .get("value"))
                .hasSize(1);
        assertThat(caller.get("/api/machines?$top=100&$filter="
                                + ServiceCaller.encode("healthStatus eq 'Active' and lastSeen gt 2026-11-19Z"))
                        .json()
                        .get("value"))
                .isNotEmpty();
        assertThat(caller.get("/api/machines?$top=100&$filter=" + ServiceCaller.encode("machineTags eq 'quay'"))
                        .json()
                        .get("value"))
                .isNotEmpty()
                .allMatch(machine -> machine.get("machineTags").toString().contains("quay"));
    }

    @Test
    void shouldAnswerNotFoundInsteadOfAnEmptyListWhenToldTo() {
        String target = "/api/machines?$filter=" + ServiceCaller.encode("version eq 'none'");
        ServiceCaller strict = ServiceCaller.of(DefenderEmulator.builder().notFoundWhenNoMachines(true));

        assertThat(caller.get(target).json().get("value")).isEmpty();
        assertThat(strict.get(target).status()).isEqualTo(404);
        assertThat(strict.get("/api/machines?$skip=100000&$top=5").json().get("value"))
                .isEmpty();
    }

    @Test
    void shouldKeepTagsAndValue() {
        caller.post("/api/machines/" + id + "/tags", "{\"Value\":\"pier\",\"Action\":\"Add\"}");
        caller.post("/api/machines/" + id + "/tags", "{\"Value\":\"pier\",\"Action\":\"Add\"}");
        caller.post("/api/machines/" + id + "/setDeviceValue", "{\"DeviceValue\":\"High\"}");
        JsonNode tagged = caller.get("/api/machines/" + id).json();
        JsonNode untagged = caller.post("/api/machines/" + id + "/tags", "{\"Value\":\"pier\",\"Action\":\"Remove\"}")
                .json();

        assertThat(tagged.get("machineTags").toString()).containsOnlyOnce("pier");
        assertThat(tagged.get("deviceValue").asText()).isEqualTo("High");
        assertThat(untagged.get("machineTags").toString()).doesNotContain("pier");
    }

    @Test
    void shouldReplaceTagsByAPatch() {
        JsonNode machine = caller.patch("/api/machines/" + id, "{\"machineTags\":[\"a\",\"b\"],\"deviceValue\":null}")
                .json();

        assertThat(machine.get("machineTags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(machine.get("deviceValue").isNull()).isTrue();
    }

    @Test
    void shouldFindDevicesByTag() {
        caller.post(
                "/api/machines/AddOrRemoveTagForMultipleMachines",
                "{\"Value\":\"crane-7\",\"Action\":\"Add\",\"MachineIds\":[\"" + id + "\",\""
                        + caller.tenant().machineId(5) + "\"]}");

        assertThat(caller.get("/api/machines/findbytag?tag=crane-7").json().get("value"))
                .hasSize(2);
        assertThat(caller.get("/api/machines/findbytag?tag=crane").json().get("value"))
                .isEmpty();
        assertThat(caller.get("/api/machines/findbytag?tag=crane&useStartsWithFilter=true")
                        .json()
                        .get("value"))
                .hasSize(2);
        assertThat(caller.get("/api/machines/findbytag").errorCode()).isEqualTo("MissingRequiredParameter");
    }

    @Test
    void shouldRefuseMoreDevicesThanABatchTakes() {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < 501; i++) {
            ids.append(i == 0 ? "" : ",").append('"').append(id).append('"');
        }

        assertThat(caller.post(
                                "/api/machines/AddOrRemoveTagForMultipleMachines",
                                "{\"Value\":\"x\",\"Action\":\"Add\",\"MachineIds\":[" + ids + "]}")
                        .errorCode())
                .isEqualTo("MaximumBatchSizeExceeded");
    }

    @Test
    void shouldFindADeviceByAddressNearATime() {
        Map<String, ?> machine = active();
        String ip = machine.get("lastIpAddress").toString();

        assertThat(caller.get("/api/machines/findbyip(ip='" + ip + "',timestamp=2026-11-20T09:00:00Z)")
                        .json()
                        .get("value")
                        .findValuesAsText("id"))
                .containsExactly(machine.get("id").toString());
        assertThat(caller.get("/api/machines/findbyip(ip='" + ip + "',timestamp=2026-10-20T09:00:00Z)")
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/api/machines/findbyip(ip='10.1.1.1',timestamp=2026-11-20T09:00:00Z)")
                        .json()
                        .get("value"))
                .isEmpty();
        assertThat(caller.get("/api/machines/find(timestamp=2026-11-20T09:00:00Z,key='10.1.1.1')")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldLetWorkingDevicesReportOnceADay() {
        String active = active().get("id").toString();
        Object before = caller.tenant().machines().get(active).get("lastSeen");
        clock.advance(Duration.ofDays(1));

        assertThat(caller.tenant().machines().get(active).get("lastSeen")).isNotEqualTo(before);
    }

    @Test
    void shouldCountAndTypeVulnerabilities() {
        JsonNode page = caller.get("/api/machines/" + id + "/vulnerabilities").json();

        assertThat(page.get("@odata.count").asInt())
                .isEqualTo(page.get("value").size())
                .isPositive();
        assertThat(page.get("value"))
                .allMatch(each -> each.get("@odata.type").asText().endsWith("PublicVulnerabilityDto"));
    }

    private Map<String, ?> active() {
        for (int i = 0; ; i++) {
            Map<String, ?> machine =
                    caller.tenant().machines().get(caller.tenant().machineId(i));
            if ("Active".equals(machine.get("healthStatus"))) {
                return machine;
            }
        }
    }
}
