package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.CollectInvestigationPackageRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.StringValue;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** From an action to the file it leaves, over the emulator. */
class DownloadsTest {

    @TempDir
    private Path directory;

    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-20T10:00:00Z"));
    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(100).clock(clock).start();
        client = Clients.of(emulator);
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private Mono<StringValue> packageLink() {
        String machine = emulator.tenant().machineId(0);
        CollectInvestigationPackageRequest request = CollectInvestigationPackageRequest.builder()
                .comment("forensics")
                .build();
        return client.machineActions()
                .collectInvestigationPackage(machine, request)
                .map(MachineAction::id)
                .map(Objects::requireNonNull)
                .doOnNext(id -> emulator.tenant().endAction(id, "Succeeded"))
                .flatMap(client.machineActions()::investigationPackageLink);
    }

    @Test
    void shouldStoreAnInvestigationPackage() throws IOException {
        Path file = directory.resolve("package.zip");

        StepVerifier.create(packageLink()
                        .map(StringValue::value)
                        .flatMap(link -> client.downloads().to(Objects.requireNonNull(link), file)))
                .expectNext(file)
                .expectComplete()
                .verify(Clients.PATIENCE);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isPositive();
        }
        assertThat(emulator.journal().calls("download"))
                .singleElement()
                .satisfies(call -> assertThat(call.authorized()).isFalse());
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
