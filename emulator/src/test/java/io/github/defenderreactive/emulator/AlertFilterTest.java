package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code $filter} selects, held against a scan of everything by hand. */
class AlertFilterTest {

    private static final int SIZE = 3_000;

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(SIZE).newestAlert(Instant.parse("2026-11-01T00:00:00Z")));

    private Set<String> filtered(String filter) {
        ServiceCaller.Answer answer = caller.get("/api/alerts?$filter=" + ServiceCaller.encode(filter));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Set<String> ids = new TreeSet<>();
        answer.json().get("value").forEach(alert -> ids.add(alert.get("id").asText()));
        return ids;
    }

    private Set<String> byHand(Predicate<JsonNode> predicate) {
        Set<String> ids = new TreeSet<>();
        StreamSupport.stream(caller.get("/api/alerts").json().get("value").spliterator(), false)
                .filter(predicate)
                .forEach(alert -> ids.add(alert.get("id").asText()));
        return ids;
    }

    private static Instant time(JsonNode alert, String member) {
        return Instant.parse(alert.get(member).asText());
    }

    private String timeOf(long index, String member) {
        return caller.tenant()
                .alerts()
                .get(caller.tenant().alertId(index))
                .get(member)
                .toString();
    }

    @Test
    void shouldCompareTexts() {
        assertThat(filtered("status eq 'New'"))
                .isNotEmpty()
                .isEqualTo(byHand(alert -> alert.get("status").asText().equals("New")));
        assertThat(filtered("Severity ne 'High' and (status eq 'New' or status eq 'Resolved')"))
                .isNotEmpty()
                .isEqualTo(byHand(alert -> !alert.get("severity").asText().equals("High")
                        && !alert.get("status").asText().equals("InProgress")));
        assertThat(filtered("startswith(category,'Command')"))
                .isEqualTo(byHand(alert -> alert.get("category").asText().equals("CommandAndControl")));
    }

    @Test
    void shouldBindAndCloserThanOr() {
        assertThat(filtered("severity eq 'Low' or severity eq 'High' and status eq 'New'"))
                .isEqualTo(byHand(alert -> alert.get("severity").asText().equals("Low")
                        || alert.get("severity").asText().equals("High")
                                && alert.get("status").asText().equals("New")));
    }

    @Test
    void shouldCompareNumbersAndNulls() {
        assertThat(filtered("incidentId lt 1010"))
                .isEqualTo(byHand(alert -> alert.get("incidentId").asLong() < 1010))
                .hasSize(30);
        assertThat(filtered("InvestigationId eq null"))
                .isNotEmpty()
                .isEqualTo(byHand(alert -> alert.get("investigationId").isNull()));
        assertThat(filtered("assignedTo ne null"))
                .isEqualTo(byHand(alert -> !alert.get("assignedTo").isNull()));
    }

    @Test
    void shouldSelectSpansOfEveryTime() {
        for (String member : List.of("alertCreationTime", "lastUpdateTime", "lastEventTime")) {
            String from = timeOf(700, member);
            String to = timeOf(900, member);
            Instant low = Instant.parse(from);
            Instant high = Instant.parse(to);
            assertThat(filtered(member + " ge " + from + " and " + member + " lt " + to))
                    .as(member)
                    .isNotEmpty()
                    .isEqualTo(byHand(alert -> !time(alert, member).isBefore(low)
                            && time(alert, member).isBefore(high)));
            assertThat(filtered(member + " gt " + from + " and " + member + " le " + to))
                    .as(member)
                    .isEqualTo(byHand(alert -> time(alert, member).isAfter(low)
                            && !time(alert, member).isAfter(high)));
            assertThat(filtered(member + " eq " + from))
                    .isEqualTo(byHand(alert -> time(alert, member).equals(low)));
        }
    }

    @Test
    void shouldFindAChangedAlertByItsNewUpdateTime() {
        String old = caller.tenant().alertId(3);
        Instant later = Instant.parse("2026-11-15T00:00:00.0000001Z");
        caller.tenant().alerts().update(old, Map.of("lastUpdateTime", later, "status", "InProgress"));
        String added = caller.tenant().alerts().add(Map.of("alertCreationTime", later));

        assertThat(filtered("lastUpdateTime ge 2026-11-10T00:00:00Z")).containsExactlyInAnyOrder(old, added);
        assertThat(filtered("alertCreationTime ge 2026-11-10T00:00:00Z")).containsExactly(added);
    }

    @Test
    void shouldTakeADateWithoutTimeAndAnOffset() {
        Instant start = Instant.parse("2026-09-01T00:00:00Z");

        assertThat(filtered("alertCreationTime gt 2026-09-01Z"))
                .isNotEmpty()
                .isEqualTo(byHand(alert -> time(alert, "alertCreationTime").isAfter(start)))
                .isEqualTo(filtered("alertCreationTime gt 2026-09-01T02:00:00+02:00"));
    }

    @Test
    void shouldFindOneAlertById() {
        String id = caller.tenant().alertId(42);

        assertThat(filtered("id eq '" + id + "'")).containsExactly(id);
        assertThat(filtered("id eq '" + id + "' and status eq 'Nonsense'")).isEmpty();
    }

    @Test
    void shouldUndoubleQuotes() {
        caller.tenant().alerts().update(caller.tenant().alertId(5), Map.of("assignedTo", "o'neil@harbour.example"));

        assertThat(filtered("assignedTo eq 'o''neil@harbour.example'"))
                .containsExactly(caller.tenant().alertId(5));
    }

    @Test
    void shouldReadBlanksWrittenAsPlus() {
        assertThat(caller.get("/api/alerts?$filter=status+eq+'New'").json().get("value"))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseWhatItCannotRead() {
        for (String filter : List.of(
                "title eq 'x'",
                "colour eq 'x'",
                "status",
                "status eq",
                "status is 'New'",
                "(status eq 'New'",
                "status eq 'New' and",
                "status eq 'New' status eq 'Old'",
                "status eq New",
                "alertCreationTime ge '2026-01-01T00:00:00Z'",
                "status ge 2026-01-01T00:00:00Z",
                "incidentId eq 'x'",
                "contains(status,'N')",
                "status eq 'New",
                "")) {
            ServiceCaller.Answer answer = caller.get("/api/alerts?$filter=" + ServiceCaller.encode(filter));
            assertThat(answer.status()).as(filter).isEqualTo(400);
            assertThat(answer.errorCode()).as(filter).isEqualTo("ODataError");
        }
        assertThat(caller.get("/api/alerts?$filter=colour%20eq%20'x'").errorMessage())
                .contains("'colour'");
    }

    @Test
    void shouldPageThroughAFilteredList() {
        ServiceCaller small =
                ServiceCaller.of(DefenderEmulator.builder().size(SIZE).pageSize(100));
        Set<String> ids = new TreeSet<>();
        String target = "/api/alerts?$filter=" + ServiceCaller.encode("severity eq 'High'");
        while (target != null) {
            JsonNode page = small.get(target).json();
            page.get("value")
                    .forEach(alert ->
                            assertThat(ids.add(alert.get("id").asText())).isTrue());
            JsonNode link = page.get("@odata.nextLink");
            target = link == null ? null : link.asText().substring(ServiceCaller.ROOT.length());
        }

        assertThat(ids).isEqualTo(filtered("severity eq 'High'"));
    }

    @Test
    void shouldNarrowTheSearchInAMillionAlertsToTheSpan() {
        ServiceCaller million = ServiceCaller.of(DefenderEmulator.builder().size(1_000_000));
        String from = million.tenant()
                .alerts()
                .get(million.tenant().alertId(400_000))
                .get("lastUpdateTime")
                .toString();
        String to = Instant.parse(from).plusSeconds(3_600).toString();
        String span = "lastUpdateTime ge " + from + " and lastUpdateTime lt " + to;
        String everything = "status eq 'None of these'";

        // Both are measured on the same machine at the same time; the span holds a thousandth of the alerts.
        long narrow = Long.MAX_VALUE;
        long wide = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            narrow = Math.min(narrow, nanos(million, span));
            wide = Math.min(wide, nanos(million, everything));
        }
        assertThat(narrow * 4).isLessThan(wide);
    }

    private static long nanos(ServiceCaller caller, String filter) {
        long begin = System.nanoTime();
        assertThat(caller.get("/api/alerts?$filter=" + ServiceCaller.encode(filter))
                        .status())
                .isEqualTo(200);
        return System.nanoTime() - begin;
    }
}
