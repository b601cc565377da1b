package io.github.defenderreactive.emulator.internal.hunting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.EmulatorClient;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.testing.TestClock;
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
        result.limitedRows(HuntingResult.MOST_ROWS).forEachRemaining(row -> {
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

    /** The forms that the client writes for bound values. */
    @Test
    void shouldReadLiteralsOfEveryForm() {
        List<JsonNode> verbatim = rows("AlertEvidence | where FolderPath == @\"C:\\Windows\\System32\"");

        assertThat(rows("AlertEvidence | where FolderPath == \"\\u0043:\\\\Windows\\x5cSystem32\""))
                .isEqualTo(verbatim);
        assertThat(rows("AlertInfo | where Severity in (dynamic([\"High\", \"Low\"]))"))
                .isNotEmpty()
                .isEqualTo(rows("AlertInfo | where Severity in (\"High\", \"Low\")"));
        assertThat(rows("AlertInfo | where Severity in (dynamic([]))")).isEmpty();
        assertThat(rows("AlertInfo | where Timestamp > ago( timespan(1.00:00:00.0000000) )"))
                .isNotEmpty()
                .isEqualTo(rows("AlertInfo | where Timestamp > ago(1d)"));
        assertThat(rows("DeviceInfo | where OSBuild > long(-5)"))
                .isNotEmpty()
                .isEqualTo(rows("DeviceInfo | where OSBuild >= 0"));
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

        assertThat(StreamSupport.stream(
                        ((Iterable<Row>) () -> result.limitedRows(HuntingResult.MOST_ROWS)).spliterator(), false))
                .hasSize(2);
    }

    @Test
    void shouldLeaveOutRowsBehindTheLimit() {
        Alerts many = new Alerts(organisation, machines, 1_000_000, NOW);
        HuntingResult result = new HuntingTables(machines, many, organisation, clock::instant).run("AlertInfo");

        assertThat(StreamSupport.stream(
                        ((Iterable<Row>) () -> result.limitedRows(HuntingResult.MOST_ROWS)).spliterator(), false))
                .hasSize(100_000);
    }

    @Test
    void shouldCompareWithLists() {
        assertThat(rows("DeviceInfo | where DeviceName has_any ('lis', 'NB')"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "DeviceInfo", row -> row.path("DeviceName").asText().matches("nb-.*|.*-lis-.*")));
        assertThat(rows("DeviceInfo | where DeviceName has_all ('lis', 'nb')"))
                .isNotEmpty()
                .isEqualTo(byHand(
                        "DeviceInfo", row -> row.path("DeviceName").asText().startsWith("nb-lis-")));
        assertThat(rows("DeviceInfo | where OSPlatform in~ ('MACOS', 'linux')"))
                .isEqualTo(rows("DeviceInfo | where OSPlatform in ('macOS', 'Linux')"));
        assertThat(rows("DeviceInfo | where OSPlatform !in~ ('MACOS', 'linux')"))
                .isEqualTo(rows("DeviceInfo | where OSPlatform startswith_cs 'Windows'"));
    }

    @Test
    void shouldCompareWithBothEnds() {
        assertThat(rows("AlertInfo | where Timestamp between (ago(9d) .. ago(2d))"))
                .isNotEmpty()
                .isEqualTo(rows("AlertInfo | where Timestamp >= ago(9d) and Timestamp <= ago(2d)"));
        assertThat(rows("AlertInfo | where Timestamp !between (datetime(2026-11-18 10:00) .. now())"))
                .isEqualTo(rows("AlertInfo | where Timestamp < ago(2d)"));
    }

    @Test
    void shouldTellWhatIsMissing() {
        assertThat(rows("DeviceInfo | where isempty(AadDeviceId)"))
                .isNotEmpty()
                .isEqualTo(byHand("DeviceInfo", row -> row.path("AadDeviceId").isNull()));
        assertThat(rows("DeviceInfo | where isnotnull(OSBuild)"))
                .isNotEmpty()
                .isEqualTo(rows("DeviceInfo | where not(isnull(OSBuild))"));
        assertThat(rows("DeviceInfo | where isnull(AadDeviceId)"))
                .as("a text is never null")
                .isEmpty();
    }

    @Test
    void shouldExtendAndRename() {
        JsonNode row = rows("DeviceInfo | extend Site = 'quay', Floor = 1.5, Name = DeviceName | take 1")
                .get(0);
        HuntingResult renamed = tables.run("DeviceInfo | project Host = DeviceName, Seen = Timestamp");

        assertThat(row.path("Site").asText()).isEqualTo("quay");
        assertThat(row.path("Floor").asDouble()).isEqualTo(1.5);
        assertThat(row.path("Name").asText())
                .isEqualTo(row.path("DeviceName").asText())
                .isNotEmpty();
        assertThat(renamed.columns()).containsExactly(HuntingColumn.text("Host"), HuntingColumn.time("Seen"));
    }

    @Test
    void shouldShowEachCombinationOnce() {
        List<JsonNode> platforms = rows("DeviceInfo | distinct OSPlatform, OSArchitecture");

        assertThat(platforms).doesNotHaveDuplicates().hasSizeBetween(3, 6);
        assertThat(rows("AlertInfo | distinct *")).isEqualTo(rows("AlertInfo"));
    }

    @Test
    void shouldSummarize() {
        List<JsonNode> all = rows("AlertInfo | summarize count(), Kinds = dcount(Title), max(Timestamp)");
        List<JsonNode> bySeverity = rows("AlertInfo | summarize Alerts = count() by Severity");

        assertThat(all).hasSize(1);
        assertThat(all.get(0).path("count_").asInt())
                .isEqualTo(rows("AlertInfo").size());
        assertThat(all.get(0).path("Kinds").asInt())
                .isEqualTo(rows("AlertInfo | distinct Title").size());
        assertThat(all.get(0).path("max_Timestamp"))
                .isEqualTo(rows("AlertInfo | top 1 by Timestamp").get(0).path("Timestamp"));
        assertThat(bySeverity)
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.path("Alerts").asInt())
                        .isEqualTo(rows("AlertInfo | where Severity == '"
                                        + row.path("Severity").asText() + "'")
                                .size()));
        assertThat(rows("AlertInfo | where Title == 'none' | summarize count()"))
                .extracting(row -> row.path("count_").asInt())
                .containsExactly(0);
        assertThat(rows("AlertInfo | where Title == 'none' | summarize count() by Title"))
                .isEmpty();
        assertThat(rows("AlertInfo | summarize by Severity")).isEqualTo(rows("AlertInfo | distinct Severity"));
    }

    @Test
    void shouldTakeMoreRowsThanThereAre() {
        assertThat(rows("DeviceInfo | take 99999999999")).isEqualTo(rows("DeviceInfo"));
    }

    /** What the service refuses as well. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "                                              ! expected a table, found the end",
                "Ships                                         ! no table named Ships; there are AlertEvidence",
                "deviceinfo                                    ! no table named deviceinfo",
                "DeviceInfo |                                  ! expected an operator, found the end",
                "DeviceInfo | where                            ! expected a column, found the end",
                "DeviceInfo | where devicename == 'x'          ! no column named devicename; there are Timestamp, DeviceId",
                "DeviceInfo | project DeviceId | where OSPlatform == 'x' ! no column named OSPlatform; there are DeviceId",
                "DeviceInfo | where OSBuild == 'x'             ! cannot compare column OSBuild of type Int64 with x",
                "DeviceInfo | where OSPlatform == 5            ! cannot compare column OSPlatform of type String with 5",
                "DeviceInfo | where Timestamp > datetime(x)    ! 'x' is not a time",
                "DeviceInfo | where Timestamp > ago(           ! expected a time span such as 7d, found the end",
                "DeviceInfo | where (OSPlatform == 'x'         ! expected ), found the end",
                "DeviceInfo | where OSPlatform == 'x           ! a text that begins with ' has no end",
                "DeviceInfo | where OSPlatform == 'C:\\p'      ! unknown escape",
                "DeviceInfo | where OSPlatform ==              ! expected a value, found the end",
                "DeviceInfo | take                             ! expected a number of rows, found the end",
                "DeviceInfo | sort OSPlatform                  ! expected by, found 'OSPlatform'"
            })
    void shouldNameWhatIsWrong(String query, String message) {
        assertThatThrownBy(() -> tables.run(query == null ? "" : query))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400))
                .hasMessageStartingWith("Query: " + message);
    }

    /** What may be right: nobody may take it for a wrong query. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "let days = 7d; DeviceInfo | take 1            ! a query that begins with let",
                "DeviceNetworkEvents                           ! table DeviceNetworkEvents, only AlertEvidence, AlertInfo",
                "DeviceTvmSoftwareInventory | take 1           ! table DeviceTvmSoftwareInventory",
                "SigninLogs | take 1                           ! table SigninLogs",
                "Harbour_CL | take 1                           ! table Harbour_CL",
                "union DeviceInfo, AlertInfo                   ! a query that begins with union",
                "print 1                                       ! a query that begins with print",
                "MyFunction('x') | take 1                      ! function MyFunction",
                "(DeviceInfo | take 1)                         ! '(' in place of a table",
                "DeviceInfo | join kind=inner AlertInfo on X   ! operator 'join'",
                "DeviceInfo | project-away DeviceName          ! '-' in place of a column",
                "DeviceInfo | mv-expand LoggedOnUsers          ! operator 'mv'",
                "DeviceInfo | render piechart                  ! operator 'render'",
                "DeviceInfo | where DeviceType == 'Server'     ! column DeviceType, only Timestamp, DeviceId",
                "DeviceInfo | summarize count() by bin(Timestamp, 1d) ! column bin",
                "DeviceInfo | summarize make_set(DeviceName)   ! figure 'make_set'",
                "DeviceInfo | summarize countif(OSBuild > 5)   ! '>' in place of )",
                "DeviceInfo | extend a = strcat(DeviceName, 'x') ! 'strcat' as a value",
                "DeviceInfo | extend a = OSBuild + 1           ! '+' here",
                "DeviceInfo | where OSPlatform matches regex 'x' ! the comparison 'matches'",
                "DeviceInfo | where IsAzureADJoined            ! column IsAzureADJoined as a condition",
                "DeviceInfo | where OSBuild contains '2'       ! 'contains' but between",
                "DeviceInfo | where OSPlatform > 'x'           ! an order of column OSPlatform",
                "DeviceInfo | where OSPlatform == tolower('x') ! 'tolower' as a value",
                "DeviceInfo | where tolower(OSPlatform) == 'x' ! column tolower",
                "DeviceInfo | where Timestamp > ago(1.5h)      ! '1.5h",
                "DeviceInfo | where Timestamp > datetime(1/2/2026) ! the time '1/2/2026'",
                "DeviceInfo | where Timestamp > '2026-01-02'   ! a comparison of column Timestamp of type DateTime",
                "DeviceInfo | where OSBuild == 0x1F            ! '0x1F'",
                "DeviceInfo | take all                         ! 'all' in place of a number of rows",
                "DeviceInfo | sort by OSPlatform nulls first   ! 'nulls' here",
                "DeviceInfo | project DeviceId, DeviceId       ! column DeviceId twice",
                "DeviceInfo DeviceId                           ! 'DeviceId' here"
            })
    void shouldSayWhatItDoesNotSupport(String query, String what) {
        assertThatThrownBy(() -> tables.run(query))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(501))
                .hasMessageStartingWith("Query: the emulator does not support " + what)
                .hasMessageContaining("tenant().hunting(");
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
                .hasMessageStartingWith("Query: the emulator does not support more than 50 brackets");
    }
}
