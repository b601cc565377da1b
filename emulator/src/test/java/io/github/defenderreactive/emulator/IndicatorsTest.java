package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Indicators: kept by value and type, checked by type, imported one by one. */
class IndicatorsTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(200).clock(clock));

    private static String entry(String type, String value, String more) {
        return "{\"indicatorValue\":\"" + value + "\",\"indicatorType\":\"" + type
                + "\",\"title\":\"t\",\"description\":\"d\"" + more + "}";
    }

    private static String domain(String value) {
        return entry("DomainName", value, ",\"action\":\"Block\"");
    }

    private static String batch(List<String> entries) {
        return "{\"Indicators\":[" + String.join(",", entries) + "]}";
    }

    private ServiceCaller.Answer submit(String body) {
        return caller.post("/api/indicators", body);
    }

    private List<JsonNode> list(String filter) {
        ServiceCaller.Answer answer =
                caller.get("/api/indicators" + (filter.isEmpty() ? "" : "?$filter=" + ServiceCaller.encode(filter)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return List.copyOf(answer.json().findParents("indicatorValue"));
    }

    @Test
    void shouldUpdateTheIndicatorOfTheSameValueAndType() {
        int before = list("").size();
        JsonNode created = submit(entry(
                        "DomainName",
                        "Mooring.example",
                        ",\"action\":\"Block\",\"application\":\"first\",\"severity\":\"Low\""))
                .json();
        clock.advance(Duration.ofMinutes(5));
        JsonNode updated = submit(entry(
                        "DomainName",
                        "mooring.example",
                        ",\"action\":\"Allowed\",\"application\":\"second\",\"severity\":\"High\""))
                .json();

        assertThat(list("")).hasSize(before + 1);
        assertThat(updated.get("id")).isEqualTo(created.get("id"));
        assertThat(updated.get("action").asText()).isEqualTo("Allowed");
        assertThat(updated.get("severity").asText()).isEqualTo("High");
        assertThat(updated.get("application").asText()).isEqualTo("first");
        assertThat(updated.get("creationTimeDateTimeUtc").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(updated.get("lastUpdateTime").asText()).isEqualTo("2026-11-20T10:05:00Z");
    }

    @Test
    void shouldRefuseAValueThatIsNotOfItsType() {
        refused("FileSha1", "0123", "InvalidHashValue");
        refused("FileSha256", "z".repeat(64), "InvalidHashValue");
        refused("IpAddress", "203.0.113.0/24", "InvalidIpAddress");
        refused("DomainName", "mooring..example", "InvalidDomainName");
        refused("Url", "mooring.example/path", "InvalidUrl");
        assertThat(submit(entry("IpAddress", "2001:db8::17", ",\"action\":\"Block\""))
                        .status())
                .isEqualTo(200);
    }

    private void refused(String type, String value, String code) {
        ServiceCaller.Answer answer = submit(entry(type, value, ",\"action\":\"Block\""));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @Test
    void shouldAskForAnAlertWithAudit() {
        assertThat(submit(entry("DomainName", "a.example", ",\"action\":\"Audit\""))
                        .errorCode())
                .isEqualTo("InvalidInput");
        assertThat(submit(entry("DomainName", "a.example", ",\"action\":\"Audit\",\"generateAlert\":true"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldTellTheLetterCaseOfTheBody() {
        ServiceCaller.Answer answer = caller.post("/api/indicators/import", "{\"indicators\":[]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains("it is Indicators");
    }

    @Test
    void shouldImportEveryEntryThatCanBe() {
        JsonNode results = caller.post(
                        "/api/indicators/import",
                        batch(List.of(domain("a.example"), domain("no domain"), domain("b.example"))))
                .json();

        assertThat(results.has("@odata.context")).isFalse();
        assertThat(results.get("value")).hasSize(3);
        assertThat(results.at("/value/0/isFailed").asBoolean()).isFalse();
        assertThat(results.at("/value/1/isFailed").asBoolean()).isTrue();
        assertThat(results.at("/value/1/id").isNull()).isTrue();
        assertThat(results.at("/value/1/failureReason").asText()).contains("no domain");
        assertThat(list("indicatorValue eq 'b.example'")).hasSize(1);
    }

    @Test
    void shouldLimitTheBatch() {
        ServiceCaller.Answer answer =
                caller.post("/api/indicators/import", batch(Collections.nCopies(501, domain("a.example"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("MaximumBatchSizeExceeded");
        assertThat(answer.errorMessage()).contains("501", "500");
    }

    @Test
    void shouldLimitTheTenant() {
        int first = 0;
        for (int batch = 0; batch < 30; batch++) {
            int from = first;
            JsonNode results = caller.post(
                            "/api/indicators/import",
                            batch(IntStream.range(from, from + 500)
                                    .mapToObj(i -> domain("d" + i + ".example"))
                                    .toList()))
                    .json();
            first += 500;
            if (batch == 29) {
                assertThat(results.at("/value/499/failureReason").asText()).contains("15000");
            }
        }
        assertThat(caller.get("/api/indicators?$top=10000&$skip=10000").json().get("value"))
                .hasSize(5_000);
        assertThat(submit(domain("one-more.example")).status()).isEqualTo(400);
        // An update needs no room.
        assertThat(submit(domain("d7.example")).status()).isEqualTo(200);
    }

    @Test
    void shouldFilter() {
        submit(entry("Url", "https://berth.example/x", ",\"action\":\"Warn\",\"rbacGroupNames\":[\"Servers\"]"));

        assertThat(list("indicatorType eq 'Url' and action eq 'Warn'")).hasSize(1);
        assertThat(list("rbacGroupNames eq 'Servers'")).hasSize(1);
        assertThat(list("creationTimeDateTimeUtc ge 2026-11-20T10:00:00Z")).hasSize(1);
        assertThat(list("generateAlert eq true"))
                .allMatch(row -> row.get("action").asText().equals("Audit"));
    }

    @Test
    void shouldForgetWhatHasExpired() {
        submit(entry("DomainName", "a.example", ",\"action\":\"Block\",\"expirationTime\":\"2026-11-21T00:00:00Z\""));

        assertThat(list("indicatorValue eq 'a.example'")).hasSize(1);
        clock.advance(Duration.ofHours(14));
        caller.signIn();
        assertThat(list("indicatorValue eq 'a.example'")).isEmpty();
    }

    @Test
    void shouldDeleteAllOrNone() {
        List<String> ids = list("").stream().map(row -> row.get("id").asText()).toList();
        String two = ids.stream().limit(2).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));

        ServiceCaller.Answer unknown =
                caller.post("/api/indicators/BatchDelete", "{\"IndicatorIds\":[" + two + ",\"1\"]}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(list("")).hasSameSizeAs(ids);

        ServiceCaller.Answer deleted = caller.post("/api/indicators/BatchDelete", "{\"IndicatorIds\":[" + two + "]}");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(caller.delete("/api/indicators/" + ids.get(2)).status()).isEqualTo(204);
        assertThat(caller.delete("/api/indicators/" + ids.get(2)).status()).isEqualTo(404);
        assertThat(list("")).hasSize(ids.size() - 3);
        assertThat(caller.post("/api/indicators/BatchDelete", "{\"IndicatorIds\":[]}")
                        .status())
                .isEqualTo(400);
    }
}
