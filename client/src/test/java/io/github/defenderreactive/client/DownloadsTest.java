package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.CollectInvestigationPackageRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.StringValue;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.pipeline.Download;
import io.github.defenderreactive.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** From an action to the file it leaves, over the emulator. */
class DownloadsTest {

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(100).clock(clock).start();

    @AutoClose
    private final DefenderClient client = Clients.of(emulator);

    private Mono<String> packageId() {
        String machine = emulator.tenant().machineId(0);
        CollectInvestigationPackageRequest request = CollectInvestigationPackageRequest.builder()
                .comment("forensics")
                .build();
        return client.machineActions()
                .collectInvestigationPackage(machine, request)
                .map(MachineAction::id)
                .map(Objects::requireNonNull)
                .doOnNext(id -> emulator.tenant().endAction(id, "Succeeded"));
    }

    private Mono<StringValue> packageLink() {
        return packageId().flatMap(client.machineActions()::investigationPackageLink);
    }

    @Test
    void shouldStoreAnInvestigationPackageInSpiteOfAResetAndAnExpiredLink() throws IOException {
        Path file = directory.resolve("package.zip");
        emulator.faults()
                .add(Fault.resetAfter(40).on("download"))
                .add(Fault.status(403).on("download").fromCall(2));
        List<Download.Progress> progress = new ArrayList<>();

        Download.Report report = packageId()
                .flatMap(id -> client.machineActions()
                        .investigationPackage(id)
                        .onProgress(progress::add)
                        .to(file))
                .block(Clients.PATIENCE);

        assertThat(report.file()).isEqualTo(file);
        assertThat(report.bytes()).isEqualTo(Files.size(file));
        Download.Progress last = progress.get(progress.size() - 1);
        assertThat(last.bytes()).isEqualTo(report.bytes());
        assertThat(last.interruptions()).isPositive();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isPositive();
        }
        assertThat(emulator.journal().calls("getInvestigationPackageUri")).hasSize(2);
        assertThat(emulator.journal().calls("download"))
                .allSatisfy(call -> assertThat(call.authorized()).isFalse())
                .extracting(JournalEntry::status)
                .hasSize(3)
                .startsWith(200, 403);
    }

    @Test
    void shouldSayThatALinkHasExpired() {
        String link =
                Objects.requireNonNull(packageLink().map(StringValue::value).block(Clients.PATIENCE));
        clock.advance(Duration.ofHours(2));

        StepVerifier.create(client.downloads().bytes(link))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(LinkExpiredException.class)
                        .hasMessageContaining("Request a new one")
                        .hasMessageNotContaining("sig="))
                .verify(Clients.PATIENCE);
    }
}
