package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query language over the tenant's tables, held against the whole tables by hand. */
class HuntingTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final TestClock clock = new TestClock(NOW.toString());
    private final Organisation organisation = new Organisation(1, "tenant", 2_000);
    private final Machines machines = new Machines(organisation, clock, NOW);
    private final Alerts alerts = new Alerts(organisation, machines, 2_000, NOW);
    private final HuntingTables tables = new HuntingTables(machines, alerts, organisation, clock::instant);

    private List<JsonNode> rows(String query) {
        HuntingResult result = tables.run(query);
        List<JsonNode> rows = new ArrayList<>();
        result.answer().forEachRemaining(row -> {
            JsonWriter out = new JsonWriter();
            result.write(out, row);
            rows.add(EmulatorClient.json(new String(out.toByteArray(), StandardCharsets.UTF_8)));
        });
        return rows;
    }

    private List<JsonNode> byHand(String table, Predicate<JsonNode> condition) {
        return rows(table).stream().filter(condition).toList();
    }

    private static List<String> texts(List<JsonNode> rows, String column) {
        return rows.stream().map(row -> row.path(column).asText()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeviceInfo", "DeviceNetworkInfo", "DeviceProcessEvents", "AlertInfo", "AlertEvidence"})
    void shouldFillEveryColumnOfATable(String table) {
        List<JsonNode> rows = rows(table);

        assertThat(tables.names()).contains(table);
        for (HuntingColumn column : tables.table(table).columns()) {
            assertThat(rows)
                    .as(column.name())
                    .anyMatch(row -> !row.path(column.name()).isNull());
        }
    }

    @Test
    void shouldLookBackThirtyDays() {
        String begin = NOW.minus(Duration.ofDays(30)).toString();

        assertThat(texts(rows("AlertInfo"), "Timestamp"))
                .hasSizeBetween(100, 1_000)
                .allMatch(time -> time.compareTo(begin) >= 0);
        assertThat(rows("DeviceInfo")).hasSizeLessThan(machines.count());
    }

    @Test
    void shouldWriteValuesAsTheServiceDoes() {
        JsonNode device = rows("DeviceInfo | take 1").get(0);

        assertThat(device.path("Timestamp").asText()).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{7}Z");
        assertThat(device.path("IsAzureADJoined").isInt()).isTrue();
        assertThat(device.path("LoggedOnUsers").isTextual()).isTrue();
        assertThat(EmulatorClient.json(device.path("LoggedOnUsers").asText())
                        .path(0)
                        .path("DomainName")
                        .asText())
                .isEqualTo("HARBOUR");
        assertThat(device.path("ReportId").isIntegralNumber()).isTrue();
        assertThat(tables.table("DeviceInfo").columns())
                .extracting(column -> column.type().wire())
                .contains("DateTime", "String", "Int64", "SByte");
    }

    @Test
    void shouldCompareTexts() {
        assertThat(rows("AlertInfo | where Severity == \"High\""))
                .isNotEmpty()
                .isEqualTo(
                        byHand("AlertInfo", row -> row.path("Severity").asText().equals("High")));
        assertThat(rows("AlertInfo | where Severity == \"high\"")).isEmpty();
        assertThat(rows("AlertInfo | where Severity =~ 'high'"))
                .isEqualTo(rows("AlertInfo | where Severity == 'High'"));
        assertThat(rows("AlertInfo | where Severity != 'High' and Title contains 'MALWARE'"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "AlertInfo",
                        row -> !row.path("Severity").asText().equals("High")
                                && row.path("Title").asText().contains("malware")));
        assertThat(rows("DeviceInfo | where OSPlatform startswith 'windows' // all of them"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "DeviceInfo", row -> row.path("OSPlatform").asText().startsWith("Windows")));
        assertThat(rows("DeviceInfo | where OSPlatform endswith '10' or OSPlatform has 'LINUX'"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "DeviceInfo",
                        row -> List.of("Windows10", "Linux")
                                .contains(row.path("OSPlatform").asText())));
        assertThat(rows("DeviceInfo | where OSPlatform !contains 'windows' and OSPlatform !~ 'LINUX'"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "DeviceInfo", row -> row.path("OSPlatform").asText().equals("macOS")));
        assertThat(rows("DeviceInfo | where OSPlatform in ('macOS', 'Linux')"))
                .isEqualTo(byHand(
                        "DeviceInfo", row -> !row.path("OSPlatform").asText().startsWith("Windows")));
    }

    @Test
    void shouldReadTextsWithBackslashes() {
        List<JsonNode> verbatim = rows("AlertEvidence | where FolderPath == @\"C:\\Windows\\System32\"");

        assertThat(verbatim).isNotEmpty();
        assertThat(rows("AlertEvidence | where FolderPath == 'C:\\\\Windows\\\\System32'"))
                .isEqualTo(verbatim);
    }

    @Test
    void shouldCompareTimesAndNumbers() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));

        assertThat(rows("AlertInfo | where Timestamp > ago(1d)"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "AlertInfo",
                        row -> Instant.parse(row.path("Timestamp").asText()).isAfter(yesterday)));
        assertThat(rows("AlertInfo | where Timestamp >= datetime(2026-11-19T10:00:00Z)"))
                .isEqualTo(rows("AlertInfo | where Timestamp >= ago(24h)"));
        assertThat(rows("AlertInfo | where Timestamp < datetime(2026-11-19) and Timestamp <= now()"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "AlertInfo", row -> row.path("Timestamp").asText().compareTo("2026-11-19") < 0));
        assertThat(rows("DeviceInfo | where OSBuild >= 22631"))
                .isNotEmpty()
                .isEqualTo(byHand("DeviceInfo", row -> row.path("OSBuild").asInt() >= 22631));
        assertThat(rows("DeviceInfo | where IsAzureADJoined == true"))
                .isNotEmpty()
                .isEqualTo(rows("DeviceInfo | where IsAzureADJoined == 1"));
    }

    @Test
    void shouldObeyBracketsAndPrecedence() {
        String left = "OSPlatform == 'Linux' or OSPlatform == 'macOS'";

        assertThat(rows("DeviceInfo | where (" + left + ") and ExposureLevel == 'Low'"))
                .isNotEmpty()
                .hasSizeLessThan(rows("DeviceInfo | where " + left + " and ExposureLevel == 'Low'")
                        .size());
    }

    @Test
    void shouldProject() {
        HuntingResult result = tables.run("DeviceInfo | project DeviceName, DeviceId");

        assertThat(result.columns()).extracting(HuntingColumn::name).containsExactly("DeviceName", "DeviceId");
        assertThat(rows("DeviceInfo | project DeviceName, DeviceId | take 3"))
                .hasSize(3)
                .allMatch(row -> row.size() == 2 && row.fieldNames().next().equals("DeviceName"));
    }

    @Test
    void shouldSort() {
        assertThat(texts(rows("DeviceInfo | sort by DeviceName asc"), "DeviceName"))
                .isSorted();
        assertThat(texts(rows("DeviceInfo | order by DeviceName"), "DeviceName"))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(rows("DeviceInfo | sort by OSPlatform asc, DeviceName asc"))
                .isSortedAccordingTo(Comparator.<JsonNode, String>comparing(
                                row -> row.path("OSPlatform").asText())
                        .thenComparing(row -> row.path("DeviceName").asText()));
        assertThat(rows("DeviceInfo | top 4 by Timestamp"))
                .isEqualTo(rows("DeviceInfo | sort by Timestamp desc | limit 4"));
        assertThat(rows("DeviceInfo | sort by OSBuild asc")
                        .get(0)
                        .path("OSBuild")
                        .isNull())
                .as("nothing comes before everything")
                .isTrue();
    }

    @Test
    void shouldCount() {
        List<JsonNode> counted = rows("AlertInfo | where Severity == 'High' | count");

        assertThat(counted).hasSize(1);
        assertThat(counted.get(0).path("Count").asInt())
                .isEqualTo(rows("AlertInfo | where Severity == 'High'").size());
    }

    @Test
    void shouldComputeNoMoreRowsThanAreRead() {
        Alerts many = new Alerts(organisation, machines, 2_000_000_000, NOW);
        HuntingResult result =
                new HuntingTables(machines, many, organisation, clock::instant).run("AlertInfo | take 2");

        assertThat(StreamSupport.stream(((Iterable<Row>) result::answer).spliterator(), false))
                .hasSize(2);
    }

    @Test
    void shouldLeaveOutRowsBehindTheLimit() {
        Alerts many = new Alerts(organisation, machines, 1_000_000, NOW);
        HuntingResult result = new HuntingTables(machines, many, organisation, clock::instant).run("AlertInfo");

        assertThat(StreamSupport.stream(((Iterable<Row>) result::answer).spliterator(), false))
                .hasSize(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "                                              ! expected a table, found 'the end'",
                "DeviceNetworkEvents                           ! no table named DeviceNetworkEvents; there are AlertEvidence",
                "deviceinfo                                    ! no table named deviceinfo",
                "DeviceInfo | summarize count() by OSPlatform  ! unknown or unsupported operator 'summarize'",
                "DeviceInfo | where Colour == 'red'            ! no column named Colour; there are Timestamp, DeviceId",
                "DeviceInfo | project DeviceId | where OSPlatform == 'x' ! no column named OSPlatform; there are DeviceId",
                "DeviceInfo | where OSPlatform matches 'x'     ! unknown comparison 'matches'",
                "DeviceInfo | where OSBuild == 'x'             ! column OSBuild of type Int64 cannot be compared with x",
                "DeviceInfo | where OSBuild contains '2'       ! 'contains' compares a column of texts with a text",
                "DeviceInfo | where OSPlatform > 'x'           ! column OSPlatform has no order that can be asked for",
                "DeviceInfo | where Timestamp > ago(yesterday) ! expected a time span such as 7d, found 'yesterday'",
                "DeviceInfo | where Timestamp > datetime(x)    ! 'x' is not a time",
                "DeviceInfo | where (OSPlatform == 'x'         ! expected ), found 'the end'",
                "DeviceInfo | where OSPlatform == 'x           ! ",
                "DeviceInfo | where OSPlatform == 'C:\\p'      ! unknown escape",
                "DeviceInfo | where OSPlatform == tolower('x') ! 'tolower' is not a value",
                "DeviceInfo | take all                         ! expected a number of rows, found 'all'",
                "DeviceInfo | take 99999999999                 ! expected a number of rows",
                "DeviceInfo | sort OSPlatform                  ! expected by, found 'OSPlatform'",
                "DeviceInfo | project DeviceId, DeviceId       ! column DeviceId is projected twice",
                "DeviceInfo DeviceId                           ! unexpected 'DeviceId'"
            })
    void shouldNameWhatIsWrong(String query, String message) {
        assertThatThrownBy(() -> tables.run(query == null ? "" : query))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400))
                .hasMessageStartingWith("Query: " + (message == null ? "" : message));
    }

    @Test
    void shouldTakeLongQueries() {
        String many = "OSPlatform == 'x' or ".repeat(20_000);

        assertThat(rows("DeviceInfo | where " + many + "OSPlatform == '" + "y".repeat(100_000) + "'"))
                .isEmpty();
    }

    @Test
    void shouldRefuseBracketsWithoutEnd() {
        assertThatThrownBy(() -> tables.run("DeviceInfo | where " + "(".repeat(100_000)))
                .hasMessage("Query: more than 50 brackets inside of one another");
    }
}
