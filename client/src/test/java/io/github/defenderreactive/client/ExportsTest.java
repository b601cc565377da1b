package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.ExportsApi;
import io.github.defenderreactive.client.model.AssetBrowserExtension;
import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.client.model.BrowserExtensionPermission;
import io.github.defenderreactive.client.model.BrowserExtensionPermissionInfo;
import io.github.defenderreactive.client.model.DeltaAssetVulnerability;
import io.github.defenderreactive.client.model.DeviceGatheredInfoRecord;
import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.client.model.VulnerabilityChange;
import io.github.defenderreactive.client.query.ExportCertificateFilesQuery;
import io.github.defenderreactive.client.query.ExportSoftwareInventoryQuery;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Exports over the wire: pages through a snapshot, and what the links to its files lead to. */
class ExportsTest {

    /** The emulator's clock stands still: no other snapshot is made between two reads, no device reports again. */
    private static final Instant NOW = Instant.now();

    private static DefenderEmulator emulator;
    private static DefenderClient client;
    private static ExportsApi exports;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder()
                .size(1_000)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
        exports = client.exports();
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    @BeforeEach
    void forget() {
        emulator.journal().clear();
    }

    private static <T> List<T> all(Flux<T> stream) {
        return Objects.requireNonNull(stream.collectList().block(Clients.PATIENCE));
    }

    private static String key(AssetSoftware record) {
        return record.deviceId() + " " + record.softwareName();
    }

    @Test
    void shouldFollowLinksThroughTheSnapshot() {
        List<AssetSoftware> whole = all(exports.software());
        emulator.journal().clear();

        assertThat(all(exports.software().pageSize(40))).isEqualTo(whole).hasSizeGreaterThan(120);
        List<JournalEntry> calls = emulator.journal().calls("exportSoftwareInventory");
        assertThat(calls).hasSize((whole.size() + 39) / 40);
        assertThat(calls.get(0).target()).endsWith("?pageSize=40");
        assertThat(calls.subList(1, calls.size()))
                .allSatisfy(call -> assertThat(call.target()).contains("?pagesize=40&$skiptoken="));
    }

    @Test
    void shouldAskForNoMorePagesThanAreWanted() {
        PagedFlux<AssetSoftware> records = exports.software().pageSize(10);

        StepVerifier.create(records, 0)
                .expectSubscription()
                .then(() -> assertThat(emulator.journal().apiCalls()).isEmpty())
                .thenRequest(25)
                .expectNextCount(25)
                .then(() -> assertThat(emulator.journal().calls("exportSoftwareInventory"))
                        .hasSize(3))
                .thenCancel()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("exportSoftwareInventory")).hasSize(3);
    }

    @Test
    void shouldGoOnAtAPageItRemembers() {
        List<AssetSoftware> whole = all(exports.software());
        Page<AssetSoftware> second = Objects.requireNonNull(
                exports.software().pageSize(15).byPage().elementAt(1).block(Clients.PATIENCE));
        ContinuationToken next = Objects.requireNonNull(second.next());

        assertThat(all(exports.software().resumeFrom(next))).isEqualTo(whole.subList(30, whole.size()));
    }

    @Test
    void shouldDeliverEveryRecordOnceWhenAPageBreaks() {
        List<AssetSoftware> whole = all(exports.software());
        emulator.journal().clear();
        emulator.faults().add(Fault.resetAfter(30_000).on("exportSoftwareInventory"));

        List<AssetSoftware> records = all(exports.software().pageSize(150));
        assertThat(records.stream().map(ExportsTest::key))
                .containsExactlyElementsOf(whole.stream().map(ExportsTest::key).toList());
        assertThat(emulator.journal().calls("exportSoftwareInventory"))
                .as("the first page a second time")
                .hasSize((whole.size() + 149) / 150 + 1);
    }

    @Test
    void shouldSayThatASnapshotIsGone() {
        StepVerifier.create(exports.software(ExportSoftwareInventoryQuery.builder()
                        .skiptoken(
                                "eyJFeHBvcnREZWZpbml0aW9uIjp7IlRpbWVQYXRoIjoiMjAyMS0wMS0xMS8xMTAxLyJ9LCJFeHBvcnRGaWxlSW5k"
                                        + "ZXgiOjAsIkxpbmVTdG9wcGVkQXQiOjV9")
                        .build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("2021-01-11/1101/"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldReadRecordsWithCapitals() {
        List<AssetBrowserExtension> records = all(exports.browserExtensions());
        Set<String> known = all(exports.browserExtensionPermissions()).stream()
                .map(BrowserExtensionPermissionInfo::key)
                .collect(Collectors.toSet());

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(record.deviceId()).hasSize(40);
            assertThat(record.unknownMembers()).isEmpty();
            assertThat(record.permissions())
                    .extracting(BrowserExtensionPermission::id)
                    .allMatch(id -> known.contains(id) || id.startsWith("https://"));
        });
    }

    @Test
    void shouldReadTheChangesOfTwoWeeks() {
        Instant since = NOW.minus(Duration.ofDays(13));
        List<DeltaAssetVulnerability> changes =
                all(exports.vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery.builder()
                                .sinceTime(since)
                                .build())
                        .pageSize(30));

        assertThat(changes).hasSizeGreaterThan(60);
        assertThat(changes)
                .extracting(DeltaAssetVulnerability::status)
                .contains(VulnerabilityChange.NEW, VulnerabilityChange.FIXED, VulnerabilityChange.UPDATED);
        assertThat(emulator.journal().calls("exportSoftwareVulnerabilityChanges"))
                .hasSizeGreaterThan(2)
                .last()
                .satisfies(call -> assertThat(call.target()).contains("pagesize=30", "&sincetime=", "&$skiptoken="));
    }

    @Test
    void shouldLinkToFilesWithTheRecordsOfThePages() {
        ExportFilesResponse files = exports.vulnerabilityFiles().block(Clients.PATIENCE);

        List<AssetVulnerability> records = files.exportFiles().stream()
                .flatMap(link -> lines(link).stream())
                .map(line -> AssetVulnerability.read(JsonReader.of(line)))
                .toList();
        assertThat(files.exportFiles()).hasSizeGreaterThan(1);
        assertThat(files.generatedTime()).isBetween(NOW.minus(Duration.ofHours(6)), NOW);
        assertThat(records).isEqualTo(all(exports.vulnerabilities()));
        assertThat(emulator.journal().calls("download")).noneMatch(JournalEntry::authorized);
    }

    @Test
    void shouldReadWhatWasGatheredAboutDevices() {
        List<DeviceGatheredInfoRecord> records =
                exports.informationGatheringFiles().block(Clients.PATIENCE).exportFiles().stream()
                        .flatMap(link -> lines(link).stream())
                        .map(line -> DeviceGatheredInfoRecord.read(JsonReader.of(line)))
                        .toList();

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(record.osPlatform()).isNotBlank();
            assertThat(record.unknownMembers()).isEmpty();
            assertThat(String.valueOf(record.deviceGatheredInfo())).contains("AvMode");
        });
    }

    /** The lines of a file. */
    private static List<String> lines(String link) {
        byte[] zipped = client.downloads()
                .bytes(link)
                .collect(ByteArrayOutputStream::new, (all, part) -> {
                    byte[] bytes = new byte[part.remaining()];
                    part.get(bytes);
                    all.writeBytes(bytes);
                })
                .map(ByteArrayOutputStream::toByteArray)
                .block(Clients.PATIENCE);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldKeepLinksOutOfTexts() {
        ExportFilesResponse files = exports.certificateFiles(
                        ExportCertificateFilesQuery.builder().sasValidHours(24).build())
                .block(Clients.PATIENCE);

        assertThat(files.exportFiles()).isNotEmpty().allMatch(link -> link.contains("&sig="));
        assertThat(files.toString()).doesNotContain("sig=").doesNotContain("json.gz");
        assertThat(emulator.journal().calls("exportCertificateFiles"))
                .singleElement()
                .satisfies(call -> assertThat(call.target()).endsWith("?sasValidHours=24"));
    }

    /** None of the methods calls the operation of another. */
    @Test
    void shouldCallTheOperationOfEveryExport() {
        call("exportSecureConfigurations", exports.secureConfigurations());
        call("exportSecureConfigurationFiles", exports.secureConfigurationFiles());
        call("exportSoftwareInventory", exports.software());
        call("exportSoftwareInventoryFiles", exports.softwareFiles());
        call("exportNonCpeSoftwareInventory", exports.softwareWithoutProductCode());
        call("exportNonCpeSoftwareInventoryFiles", exports.softwareWithoutProductCodeFiles());
        call("exportSoftwareVulnerabilities", exports.vulnerabilities());
        call("exportSoftwareVulnerabilityFiles", exports.vulnerabilityFiles());
        call("exportBrowserExtensions", exports.browserExtensions());
        call("exportBrowserExtensionFiles", exports.browserExtensionFiles());
        call("listBrowserExtensionPermissions", exports.browserExtensionPermissions());
        call("exportInformationGatheringFiles", exports.informationGatheringFiles());
        call("exportSecurityBaselines", exports.securityBaselines());
        call("exportSecurityBaselineFiles", exports.securityBaselineFiles());
        call("exportCertificates", exports.certificates());
        call("exportCertificateFiles", exports.certificateFiles());
        call("exportHardwareFirmware", exports.hardwareAndFirmware());
        call("exportHardwareFirmwareFiles", exports.hardwareAndFirmwareFiles());
    }

    private static void call(String operation, Flux<?> records) {
        emulator.journal().clear();
        StepVerifier.create(records.hasElements())
                .expectNext(true)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().apiCalls())
                .extracting(JournalEntry::operationId)
                .containsExactly(operation);
    }

    private static void call(String operation, Mono<ExportFilesResponse> files) {
        call(operation, files.flatMapIterable(ExportFilesResponse::exportFiles));
    }
}
