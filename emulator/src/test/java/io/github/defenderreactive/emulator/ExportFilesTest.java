package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of exports that a test computes, and links that expire soon. */
class ExportFilesTest {

    private static final String FILES = "/api/machines/SoftwareVulnerabilitiesExport";
    private static final String PAGES = "/api/machines/SoftwareVulnerabilitiesByMachine";

    private final TestClock clock = new TestClock("2026-11-20T12:30:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(10).clock(clock));
    private final Exports exports = new Exports(caller);

    private static Stream<Map<String, Object>> rows(int file) {
        return IntStream.range(0, file == 1 ? 0 : 3).mapToObj(line -> Map.of("id", file + "/" + line));
    }

    @Test
    void shouldServeComputedRecordsInFilesAndPages() {
        caller.tenant().exportFiles("exportSoftwareVulnerabilityFiles", 3, ExportFilesTest::rows);

        List<JsonNode> records = exports.files(FILES);
        assertThat(records)
                .extracting(record -> record.path("id").asText())
                .containsExactly("0/0", "0/1", "0/2", "2/0", "2/1", "2/2");
        assertThat(exports.pages(PAGES + "?pageSize=2")).isEqualTo(records);
    }

    @Test
    void shouldCheckTheFirstRecordOfEachFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant()
                        .exportFiles("exportSoftwareInventoryFiles", 2, file -> Stream.of(Map.of("berth", 7))))
                .withMessageContaining("berth");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().exportFiles("listAlerts", 2, file -> Stream.of()))
                .withMessageContaining("operation must be one of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().exportFiles("exportSoftwareInventoryFiles", 0, file -> Stream.of()))
                .withMessage("files must be >= 1, was 0");
    }

    @Test
    void shouldExpireLinksWhenATestWantsIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().linkLifetime(Duration.ZERO))
                .withMessage("validity must be positive, was PT0S");
        caller.tenant().linkLifetime(Duration.ofSeconds(2));
        String link = exports.links(FILES).get(0);

        assertThat(exports.download(link).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(3));
        assertThat(exports.download(link).status()).isEqualTo(403);

        caller.tenant().linkLifetime(null);
        String documented = exports.links(FILES).get(0);
        clock.advance(Duration.ofMinutes(59));
        assertThat(exports.download(documented).status()).isEqualTo(200);
    }

    @Test
    void shouldCountCallsOfEachPath() {
        caller.service()
                .faults()
                .add(Fault.status(503).on("download").onEachPath().times(2));
        List<String> links = exports.links(FILES);
        assertThat(links).hasSizeGreaterThan(1);

        for (int call = 0; call < 3; call++) {
            int expected = call < 2 ? 503 : 200;
            assertThat(links)
                    .allSatisfy(
                            link -> assertThat(exports.download(link).status()).isEqualTo(expected));
        }
    }
}
