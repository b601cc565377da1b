package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Health of the antivirus: small pages, and figures and booleans as texts. */
class DeviceHealthTest {

    private static final String LIST = "/api/deviceavinfo";

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(1_000).clock(new TestClock("2026-11-20T12:30:00Z")));
    private final Exports exports = new Exports(caller);

    private List<JsonNode> filtered(String filter) {
        return exports.pages(LIST + "?$filter=" + ServiceCaller.encode(filter));
    }

    @Test
    void shouldHaveTwentyDevicesInAPage() {
        JsonNode page = caller.get(LIST).json();

        assertThat(page.get("value")).hasSize(20);
        assertThat(page.get("@odata.nextLink").asText()).isEqualTo(ServiceCaller.ROOT + LIST + "?$skip=20");
        assertThat(page.get("@odata.context").asText()).endsWith("#DeviceAvInfo");
    }

    @Test
    void shouldHaveNoLinkWithTop() {
        List<JsonNode> all = exports.pages(LIST);
        JsonNode page = caller.get(LIST + "?$top=10000").json();

        assertThat(all).hasSizeGreaterThan(20);
        assertThat(page.get("value")).containsExactlyElementsOf(all);
        assertThat(page.has("@odata.nextLink")).isFalse();
        assertThat(caller.get(LIST + "?$top=10001").status()).isEqualTo(400);
        assertThat(caller.get(LIST + "?$top=3&$skip=20").json().get("value"))
                .containsExactlyElementsOf(all.subList(20, 23));
    }

    @Test
    void shouldFilter() {
        List<JsonNode> all = exports.pages(LIST);

        assertThat(filtered("avMode eq '1' and osKind eq 'windows'"))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(row -> row.get("avMode").asText().equals("1")
                                && row.get("osKind").asText().equals("windows"))
                        .toList());
        assertThat(filtered("rbacGroupId eq 0"))
                .isNotEmpty()
                .allMatch(row -> row.get("rbacGroupName").asText().equals("UnassignedGroup"));
        assertThat(caller.get(LIST + "?$filter=" + ServiceCaller.encode("rbacGroupName eq 'Servers'"))
                        .errorCode())
                .isEqualTo("ODataError");
    }

    @Test
    void shouldShowTheDevicesOfTheOrganisation() {
        for (JsonNode row : exports.pages(LIST)) {
            JsonNode machine =
                    caller.get("/api/machines/" + row.get("machineId").asText()).json();
            assertThat(row.get("id")).isEqualTo(row.get("machineId"));
            assertThat(row.get("computerDnsName")).isEqualTo(machine.get("computerDnsName"));
            assertThat(row.get("osPlatform")).isEqualTo(machine.get("osPlatform"));
            assertThat(row.get("rbacGroupId")).isEqualTo(machine.get("rbacGroupId"));
            assertThat(row.get("avIsSignatureUpToDate").isTextual()).isTrue();
        }
    }
}
