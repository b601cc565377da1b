package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Files, domains, addresses and users answer with the alerts that have them as evidence, and no others. */
class SightingsTest {

    private static final String NOBODY = "0123456789abcdef0123456789abcdef01234567";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(3_000).clock(clock));
    private final List<JsonNode> alerts = rows("/api/alerts?$expand=evidence");

    private List<JsonNode> rows(String target) {
        ServiceCaller.Answer answer = caller.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        answer.json().get("value").forEach(rows::add);
        return rows;
    }

    private Set<String> ids(String target) {
        return texts(rows(target), "id");
    }

    private static Set<String> texts(List<JsonNode> rows, String member) {
        Set<String> texts = new TreeSet<>();
        rows.forEach(row -> texts.add(row.get(member).asText()));
        return texts;
    }

    private List<JsonNode> alertsWith(String member, Predicate<String> wanted) {
        return alerts.stream()
                .filter(alert ->
                        alert.get("evidence").findValuesAsText(member).stream().anyMatch(wanted))
                .toList();
    }

    /** A value of the newest alert that has one. */
    private String newest(String member) {
        for (JsonNode alert : alerts) {
            for (JsonNode value : alert.get("evidence").findValues(member)) {
                if (value.isTextual()) {
                    return value.asText();
                }
            }
        }
        throw new AssertionError(member);
    }

    private void refused(String target, String code) {
        ServiceCaller.Answer answer = caller.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @Test
    void shouldKnowTheFilesOfAlerts() {
        String sha1 = newest("sha1");
        String sha256 = newest("sha256");
        List<JsonNode> about = alertsWith("sha1", sha1::equals);

        JsonNode file = caller.get("/api/files/" + sha1).json();
        assertThat(file.get("sha256").asText()).isEqualTo(sha256);
        assertThat(caller.get("/api/files/" + sha256.toUpperCase(java.util.Locale.ROOT))
                        .json())
                .isEqualTo(file);
        JsonNode ofAlert = rows("/api/alerts/" + about.get(0).get("id").asText() + "/files")
                .get(0);
        ofAlert.fields()
                .forEachRemaining(
                        member -> assertThat(file.get(member.getKey())).isEqualTo(member.getValue()));
        assertThat(ids("/api/files/" + sha1 + "/alerts")).isEqualTo(texts(about, "id"));
        assertThat(ids("/api/files/" + sha1 + "/machines")).isEqualTo(texts(about, "machineId"));

        JsonNode stats = caller.get("/api/files/" + sha1 + "/stats").json();
        assertThat(stats.get("organizationPrevalence").asInt()).isPositive();
        assertThat(stats.get("globallyPrevalence")).isEqualTo(file.get("globalPrevalence"));
        assertThat(stats.at("/topFileNames/0").asText()).isEqualTo(newest("fileName"));
    }

    @Test
    void shouldTellAnUnknownFileFromAMalformedHash() {
        assertThat(caller.get("/api/files/" + NOBODY).status()).isEqualTo(404);
        assertThat(caller.get("/api/files/" + NOBODY + "/stats").status()).isEqualTo(404);
        assertThat(rows("/api/files/" + NOBODY + "/alerts")).isEmpty();
        assertThat(rows("/api/files/" + NOBODY + "/machines")).isEmpty();
        refused("/api/files/0123", "InvalidHashValue");
        // The lists take a SHA-1 and nothing else.
        refused("/api/files/" + newest("sha256") + "/alerts", "InvalidHashValue");
        refused("/api/files/" + newest("sha256") + "/machines", "InvalidHashValue");
    }

    @Test
    void shouldKnowTheDomainsOfAlerts() {
        String host = newest("url").split("/")[2];
        List<JsonNode> about = alertsWith("url", url -> url.contains("//" + host + "/"));

        assertThat(ids("/api/domains/" + host + "/alerts")).isEqualTo(texts(about, "id"));
        assertThat(ids("/api/domains/" + host + "/machines")).isEqualTo(texts(about, "machineId"));
        JsonNode stats = caller.get("/api/domains/" + host + "/stats").json();
        assertThat(stats.get("host").asText()).isEqualTo(host);
        assertThat(stats.get("organizationPrevalence").asInt()).isPositive();

        JsonNode nobody = caller.get("/api/domains/nobody.example/stats").json();
        assertThat(nobody.get("organizationPrevalence").asInt()).isZero();
        assertThat(nobody.get("orgFirstSeen").isNull()).isTrue();
        assertThat(rows("/api/domains/nobody.example/alerts")).isEmpty();
        assertThat(rows("/api/domains/nobody.example/machines")).isEmpty();
        refused("/api/domains/no%20domain/stats", "InvalidDomainName");
        refused("/api/domains/-/alerts", "InvalidDomainName");
    }

    @Test
    void shouldKnowTheAddressesOfAlerts() {
        String address = newest("ipAddress");

        assertThat(ids("/api/ips/" + address + "/alerts"))
                .isEqualTo(texts(alertsWith("ipAddress", address::equals), "id"));
        assertThat(caller.get("/api/ips/" + address + "/stats")
                        .json()
                        .get("organizationPrevalence")
                        .asInt())
                .isPositive();
        JsonNode nobody = caller.get("/api/ips/2001:db8::7/stats").json();
        assertThat(nobody.get("organizationPrevalence").asInt()).isZero();
        assertThat(rows("/api/ips/192.0.2.1/alerts")).isEmpty();
        refused("/api/ips/300.1.1.1/stats", "InvalidIpAddress");
        refused("/api/ips/host/alerts", "InvalidIpAddress");
    }

    @Test
    void shouldKnowTheUsersOfAlerts() {
        String account = newest("accountName");

        assertThat(ids("/api/users/" + account + "/alerts"))
                .isEqualTo(texts(alertsWith("accountName", account::equals), "id"));
        Set<String> machines = ids("/api/users/" + account + "/machines");
        assertThat(machines).isNotEmpty();
        for (String machine : machines) {
            assertThat(texts(rows("/api/machines/" + machine + "/logonusers"), "accountName"))
                    .contains(account);
        }
        assertThat(rows("/api/users/nobody1/alerts")).isEmpty();
        assertThat(rows("/api/users/nobody1/machines")).isEmpty();
        // The name stands alone, without domain or suffix.
        assertThat(rows("/api/users/" + account + "@harbour.example/alerts")).isEmpty();
    }

    @Test
    void shouldCountWhatLiesInTheWindow() {
        String old = rows("/api/alerts?$skip=2900&$top=1").get(0).get("id").asText();
        String sha1 = rows("/api/alerts/" + old + "/files").get(0).get("sha1").asText();

        JsonNode stats =
                caller.get("/api/files/" + sha1 + "/stats?lookBackHours=24").json();
        assertThat(stats.get("organizationPrevalence").asInt()).isZero();
        assertThat(stats.get("orgLastSeen").isNull()).isTrue();
        assertThat(rows("/api/files/" + sha1 + "/alerts")).isNotEmpty();
        refused("/api/files/" + sha1 + "/stats?lookBackHours=721", "ODataError");
        refused("/api/domains/a.example/stats?lookBackHours=0", "ODataError");
    }

    @Test
    void shouldSeeAddedAlerts() {
        String id = caller.tenant().alerts().add(Map.of("title", "New one"));
        String sha1 = rows("/api/alerts/" + id + "/files").get(0).get("sha1").asText();

        assertThat(ids("/api/files/" + sha1 + "/alerts")).contains(id);
    }

    @Test
    void shouldStayQuickAndCappedInALargeOrganisation() {
        ServiceCaller large =
                ServiceCaller.of(DefenderEmulator.builder().size(1_000_000).clock(clock));

        JsonNode machines = large.get("/api/domains/cdn7.drop.example/machines").json();
        assertThat(machines.get("value")).hasSize(500);
        assertThat(large.get("/api/ips/203.0.113.9/stats")
                        .json()
                        .get("organizationPrevalence")
                        .asInt())
                .isGreaterThan(100);
    }
}
