package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The quirks of listing alerts. */
class AlertListTest {

    /** The end of the past is set: a second tenant may be made in the next hour. */
    private final DefenderEmulator.Builder builder =
            DefenderEmulator.builder().size(950).pageSize(200).newestAlert(Instant.parse("2026-11-01T00:00:00Z"));

    private final ServiceCaller caller = ServiceCaller.of(builder);

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.get("value").spliterator(), false)
                .map(alert -> alert.get("id").asText())
                .toList();
    }

    private List<String> all(String first) {
        List<String> all = new ArrayList<>();
        String target = first;
        while (target != null) {
            JsonNode page = caller.get(target).json();
            all.addAll(ids(page));
            JsonNode link = page.get("@odata.nextLink");
            target = link == null ? null : link.asText().substring(ServiceCaller.ROOT.length());
        }
        return all;
    }

    @Test
    void shouldLinkToTheNextPageWithAnAbsoluteLink() {
        JsonNode page = caller.get("/api/alerts").json();

        assertThat(page.get("value")).hasSize(200);
        assertThat(page.get("@odata.nextLink").asText()).isEqualTo(ServiceCaller.ROOT + "/api/alerts?$skip=200");
    }

    @Test
    void shouldKeepPrefixAndOtherOptionsInTheLink() {
        String filter = ServiceCaller.encode("status ne 'Deleted'");

        JsonNode page = caller.get("/api/v1.0/Alerts?$expand=evidence&$skip=200&$filter=" + filter)
                .json();

        assertThat(page.get("@odata.nextLink").asText())
                .isEqualTo(ServiceCaller.ROOT + "/api/v1.0/Alerts?$expand=evidence&$filter=" + filter + "&$skip=400");
    }

    @Test
    void shouldReturnEveryAlertOnceOverAllPages() {
        List<String> all = all("/api/alerts");

        assertThat(all).hasSize(950).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotLinkWhenTopIsGiven() {
        JsonNode page = caller.get("/api/alerts?$top=3").json();

        assertThat(page.get("value")).hasSize(3);
        assertThat(page.has("@odata.nextLink")).isFalse();
    }

    @Test
    void shouldAnswerAnEmptyPageBehindTheEnd() {
        ServiceCaller.Answer answer = caller.get("/api/alerts?$top=10&$skip=5000");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("value")).isEmpty();
    }

    @Test
    void shouldNotLinkFromAPageThatEndsWithTheLastAlert() {
        JsonNode page = ServiceCaller.of(DefenderEmulator.builder().size(200).pageSize(200))
                .get("/api/alerts")
                .json();

        assertThat(page.get("value")).hasSize(200);
        assertThat(page.has("@odata.nextLink")).isFalse();
    }

    @Test
    void shouldListTheNewestFirst() {
        List<Instant> times = new ArrayList<>();
        caller.get("/api/alerts")
                .json()
                .get("value")
                .forEach(alert ->
                        times.add(Instant.parse(alert.get("alertCreationTime").asText())));

        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a)).doesNotHaveDuplicates();
    }

    @Test
    void shouldLinkToAnotherHostWhenToldTo() {
        JsonNode page = ServiceCaller.of(
                        DefenderEmulator.builder().size(10).pageSize(4).linkRoot(URI.create("https://central.example")))
                .get("/api/alerts")
                .json();

        assertThat(page.get("@odata.nextLink").asText()).isEqualTo("https://central.example/api/alerts?$skip=4");
    }

    @Test
    void shouldLeaveEvidenceEmptyUnlessItIsExpanded() {
        JsonNode plain = caller.get("/api/alerts?$top=20").json().get("value");
        JsonNode expanded =
                caller.get("/api/alerts?$top=20&%24expand=evidence").json().get("value");

        plain.forEach(alert -> assertThat(alert.get("evidence")).isEmpty());
        expanded.forEach(alert -> assertThat(alert.get("evidence")).hasSizeGreaterThan(1));
        assertThat(caller.get("/api/alerts/" + plain.get(0).get("id").asText())
                        .json()
                        .get("evidence"))
                .isEqualTo(expanded.get(0).get("evidence"));
    }

    @Test
    void shouldWriteTimesWithUpToSevenDigitsAndNoTrailingZeros() {
        Set<Integer> lengths = new LinkedHashSet<>();
        caller.get("/api/alerts").json().get("value").forEach(alert -> {
            String time = alert.get("alertCreationTime").asText();
            assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?Z");
            lengths.add(time.length());
        });

        assertThat(lengths).hasSizeGreaterThan(2).contains(28);
    }

    @Test
    void shouldCarryNullsAndUndocumentedMembers() {
        JsonNode alerts = caller.get("/api/alerts").json().get("value");

        assertThat(alerts).allMatch(alert -> alert.has("loggedOnUsers") && alert.has("threatName"));
        assertThat(alerts).anyMatch(alert -> alert.get("relatedUser").isNull());
        assertThat(alerts).anyMatch(alert -> alert.get("threatFamilyName").isNull());
    }

    @Test
    void shouldRefuseNumbersOutsideTheLimits() {
        assertThat(caller.get("/api/alerts?$top=10001").errorMessage()).contains("10000", "$top");
        assertThat(caller.get("/api/alerts?$top=0").errorCode()).isEqualTo("ODataError");
        assertThat(caller.get("/api/alerts?$skip=1e%2B06").errorMessage()).contains("1e+06");
        assertThat(caller.get("/api/alerts?$skip=-1").status()).isEqualTo(400);
    }

    @Test
    void shouldGiveTheSameTenantForTheSameSeedAndSize() {
        String again =
                ServiceCaller.of(builder).get("/api/alerts?$expand=evidence").text();

        assertThat(caller.get("/api/alerts?$expand=evidence").text()).isEqualTo(again);
        assertThat(DefenderEmulator.builder()
                        .size(950)
                        .seed(2)
                        .service()
                        .tenant()
                        .alertId(0))
                .isNotEqualTo(caller.tenant().alertId(0));
    }

    @Test
    void shouldShiftUnderAnAlertThatArrivesBetweenTwoPages() {
        JsonNode first = caller.get("/api/alerts").json();
        String added = caller.tenant().alerts().add(Map.of("title", "Late arrival"));
        JsonNode second = caller.get("/api/alerts?$skip=200").json();

        assertThat(ids(second).get(0)).isEqualTo(ids(first).get(199));
        assertThat(all("/api/alerts")).hasSize(951).startsWith(added);
    }

    @Test
    void shouldKeepAddedAlertsInTheOrderOfTheirCreation() {
        Instant middle = Instant.parse(caller.tenant()
                .alerts()
                .get(caller.tenant().alertId(475))
                .get("alertCreationTime")
                .toString());
        String added = caller.tenant().alerts().add(Map.of("alertCreationTime", middle.plus(Duration.ofNanos(100))));

        List<String> all = all("/api/alerts");

        assertThat(all).hasSize(951);
        assertThat(all.indexOf(added)).isEqualTo(all.indexOf(caller.tenant().alertId(475)) - 1);
    }
}
