package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportCheckpoint;
import io.github.defenderreactive.client.export.ExportException;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.export.ExportProgress;
import io.github.defenderreactive.client.export.Placed;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Exports as streams of records, against the emulator over TLS with its quirks and faults. */
class ExportFluxTest {

    private static final int FILES = 6;
    private static final int RECORDS = 500;

    /** Shortly after a snapshot, which is made at 05:01, 11:01, 17:01 and 23:01. */
    private final TestClock clock = new TestClock(Instant.parse("2026-11-20T11:02:00Z"));

    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(300).clock(clock).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
    }

    @AfterEach
    void stop() {
        assertThat(emulator.journal().calls("download")).noneMatch(JournalEntry::authorized);
        client.close();
        emulator.close();
    }

    private ExportFlux<AssetVulnerability> vulnerabilities() {
        return client.exports().read(FileExports.VULNERABILITIES);
    }

    /** Replaces the vulnerabilities by records whose ids are their places. */
    private void giveRecords() {
        emulator.tenant()
                .exportFiles(
                        "exportSoftwareVulnerabilityFiles",
                        FILES,
                        file -> IntStream.rangeClosed(1, RECORDS)
                                .mapToObj(line -> Map.of("id", file + "/" + line, "deviceId", "d".repeat(40))));
    }

    private static <T> List<T> all(Flux<T> stream) {
        return Objects.requireNonNull(stream.collectList().block(Clients.PATIENCE));
    }

    private static void assertComplete(List<Placed<AssetVulnerability>> records) {
        assertThat(records).hasSize(FILES * RECORDS);
        assertThat(records).extracting(record -> record.record().id()).doesNotHaveDuplicates();
        assertThat(records).allSatisfy(record -> {
            assertThat(record.record().id()).endsWith("/" + record.line());
            assertThat(record.last()).isEqualTo(record.line() == RECORDS);
        });
        Map<String, List<Long>> lines = records.stream()
                .collect(Collectors.groupingBy(Placed::file, Collectors.mapping(Placed::line, Collectors.toList())));
        assertThat(lines).hasSize(FILES);
        assertThat(lines.values()).allSatisfy(ofOne -> assertThat(ofOne).isSorted());
    }

    @Test
    void shouldReadTheRecordsOfThePagesOfEveryExport() {
        Map<FileExport<?>, PagedFlux<?>> pages = Map.of(
                FileExports.SECURE_CONFIGURATIONS, client.exports().secureConfigurations(),
                FileExports.SOFTWARE, client.exports().software(),
                FileExports.SOFTWARE_WITHOUT_PRODUCT_CODE, client.exports().softwareWithoutProductCode(),
                FileExports.VULNERABILITIES, client.exports().vulnerabilities(),
                FileExports.BROWSER_EXTENSIONS, client.exports().browserExtensions(),
                FileExports.SECURITY_BASELINES, client.exports().securityBaselines(),
                FileExports.CERTIFICATES, client.exports().certificates(),
                FileExports.HARDWARE_AND_FIRMWARE, client.exports().hardwareAndFirmware());

        for (FileExport<?> export : FileExports.all()) {
            List<String> records = all(client.exports().read(export).map(JsonWriter::toJson));
            assertThat(records).as(export.name()).isNotEmpty();
            if (export != FileExports.INFORMATION_GATHERING) {
                List<String> paged = all(Objects.requireNonNull(pages.get(export))
                        .map(record -> JsonWriter.toJson((JsonEncodable) record)));
                assertThat(records).as(export.name()).containsExactlyInAnyOrderElementsOf(paged);
            }
            assertThat(emulator.journal().calls(export.operation().id())).hasSize(1);
        }
        assertThat(FileExports.all())
                .extracting(export -> export.operation().id())
                .containsExactlyElementsOf(Api.DEFENDER_ENDPOINT.operations().stream()
                        .map(operation -> operation.info().id())
                        .filter(id -> id.startsWith("export") && id.endsWith("Files"))
                        .toList());
    }

    @Test
    void shouldRenewExpiredLinksAndContinue() {
        giveRecords();
        emulator.faults().add(Fault.resetAfter(700).on("download").onEachPath());
        Set<String> begun = new HashSet<>();
        List<Placed<AssetVulnerability>> records =
                all(vulnerabilities().concurrency(2).withPlaces().doOnNext(record -> {
                    // the links of all files that have not begun expire
                    if (begun.add(record.file()) && begun.size() <= 3) {
                        clock.advance(Duration.ofMinutes(61));
                    }
                }));

        assertComplete(records);
        assertThat(emulator.journal().calls("exportSoftwareVulnerabilityFiles"))
                .extracting(JournalEntry::status)
                .as("at the start, and after two or three of the times, where the token has expired too")
                .startsWith(200, 401, 200, 401, 200)
                .hasSizeBetween(5, 7);
        assertThat(emulator.journal().calls("download"))
                .extracting(JournalEntry::status)
                .contains(403);
    }

    @Test
    void shouldContinueAfterTwoResetsOfEachFile() {
        giveRecords();
        emulator.faults().add(Fault.resetAfter(600).on("download").onEachPath());
        emulator.faults()
                .add(Fault.resetAfter(1_000).on("download").onEachPath().fromCall(2));

        assertComplete(all(vulnerabilities().withPlaces()));
        assertThat(emulator.faults().fired()).isEqualTo(2 * FILES);
        assertThat(emulator.journal().calls("download")).hasSize(3 * FILES);
        assertThat(emulator.journal().calls("exportSoftwareVulnerabilityFiles")).hasSize(1);
    }

    @Test
    void shouldContinueAfterATruncatedFile() {
        giveRecords();
        emulator.faults().add(Fault.truncatedAfter(700).on("download").onEachPath());

        assertComplete(all(vulnerabilities().withPlaces()));
    }

    @Test
    void shouldRequestLinksOfAnEmptyFileAgain() {
        giveRecords();
        emulator.faults().add(Fault.truncatedAfter(0).on("download"));
        AtomicReference<ExportProgress> last = new AtomicReference<>();

        assertComplete(all(vulnerabilities().onProgress(last::set).withPlaces()));

        assertThat(last.get().emptyFiles()).isEmpty();
        assertThat(last.get().linkRequests()).isEqualTo(2);
    }

    @Test
    void shouldAcceptAndReportAFileThatStaysEmpty() {
        giveRecords();
        emulator.faults()
                .add(Fault.truncatedAfter(0).on("download").onEachPath().times(2));
        AtomicReference<ExportProgress> last = new AtomicReference<>();

        assertThat(all(vulnerabilities().onProgress(last::set))).isEmpty();

        assertThat(last.get().emptyFiles()).hasSize(FILES);
        assertThat(last.get().completedFiles()).isEqualTo(FILES);
        assertThat(last.get().records()).isZero();
    }

    @Test
    void shouldFailIfTheSnapshotIsReplaced() {
        giveRecords();

        StepVerifier.create(vulnerabilities().concurrency(1).doOnNext(record -> {
                    if (Objects.equals(record.id(), "0/" + RECORDS)) {
                        clock.advance(Duration.ofHours(6));
                    }
                }))
                .thenConsumeWhile(record -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining("another snapshot")
                        .hasMessageContaining("start again")
                        .hasMessageNotContaining("sig="))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldFailIfNewLinksAreRejectedToo() {
        giveRecords();
        emulator.faults().add(Fault.status(403).on("download").always());

        StepVerifier.create(vulnerabilities().concurrency(1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(LinkExpiredException.class)
                        .hasMessageNotContaining("sig="))
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("exportSoftwareVulnerabilityFiles")).hasSize(5);
    }

    @Test
    void shouldEmitTheRestAfterACheckpoint() {
        giveRecords();
        ExportCheckpoint checkpoint = ExportCheckpoint.start();
        List<Placed<AssetVulnerability>> records = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            ExportCheckpoint from = ExportCheckpoint.parse(checkpoint.toString());
            List<Placed<AssetVulnerability>> some = all(
                    vulnerabilities().concurrency(3).startAt(from).withPlaces().take(700));
            for (Placed<AssetVulnerability> record : some) {
                checkpoint = checkpoint.after(record);
            }
            records.addAll(some);
        }
        records.addAll(all(vulnerabilities().startAt(checkpoint).withPlaces()));

        assertComplete(records);
        assertThat(checkpoint.toString()).contains("/part-0000").doesNotContain("sig=", "localhost");
    }

    @Test
    void shouldRejectACheckpointOfAnotherSnapshot() {
        giveRecords();
        Placed<AssetVulnerability> first = vulnerabilities().withPlaces().blockFirst(Clients.PATIENCE);
        clock.advance(Duration.ofHours(6));

        StepVerifier.create(vulnerabilities().startAt(ExportCheckpoint.start().after(first)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining("start again without the checkpoint"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldStopAtTheDemandAndReleaseConnectionsOnCancel() {
        emulator.tenant()
                .exportFiles(
                        "exportSoftwareVulnerabilityFiles",
                        4,
                        file -> IntStream.range(0, 200_000)
                                .mapToObj(line -> Map.of("id", "r" + Integer.toHexString(line * 0x9e3779b9))));

        StepVerifier.create(vulnerabilities(), 0)
                .expectSubscription()
                .then(() -> assertThat(emulator.journal().apiCalls()).isEmpty())
                .thenRequest(100)
                .expectNextCount(100)
                .thenCancel()
                .verify(Clients.PATIENCE);

        Awaitility.await()
                .atMost(Clients.PATIENCE)
                .until(() -> emulator.journal().idle());
        assertThat(emulator.journal().calls("download"))
                .hasSizeBetween(1, 4)
                .allSatisfy(call -> assertThat(call.bodyBytes()).isLessThan(2_500_000));
    }

    @Test
    void shouldCountFilesBytesAndRecords() {
        giveRecords();
        List<ExportProgress> progress = new ArrayList<>();

        assertThat(all(vulnerabilities().onProgress(progress::add))).hasSize(FILES * RECORDS);

        assertThat(progress).extracting(ExportProgress::records).isSorted();
        assertThat(progress).extracting(ExportProgress::bytes).isSorted();
        ExportProgress last = progress.get(progress.size() - 1);
        assertThat(last.files()).isEqualTo(FILES);
        assertThat(last.completedFiles()).isEqualTo(FILES);
        assertThat(last.records()).isEqualTo(FILES * RECORDS);
        assertThat(last.bytes()).isGreaterThan(FILES * RECORDS * 50L);
    }
}
