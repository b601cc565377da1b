package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.export.ExportCheckpoint;
import io.github.defenderreactive.client.export.ExportReport;
import io.github.defenderreactive.client.export.Placed;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The programs of the page on exports. */
class ReadExportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DefenderEmulatorExtension extension = DefenderEmulatorExtension.with(setup -> setup.size(200));

    @TempDir
    Path folder;

    private DefenderClient client;

    @BeforeEach
    void connect() {
        DefenderEmulator emulator = extension.emulator();
        client = DefenderClient.builder().connection(emulator.connection()).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldCountRecords() {
        assertThat(ReadExports.exploitable(client).block(PATIENCE)).isPositive();
    }

    @Test
    void shouldStoreEveryRecordOnce() {
        List<String> stored = new ArrayList<>();
        ReadExports.Database database = new ReadExports.Database() {
            private ExportCheckpoint checkpoint = ExportCheckpoint.start();

            @Override
            public ExportCheckpoint checkpoint() {
                return checkpoint;
            }

            @Override
            public Mono<Void> store(List<Placed<AssetVulnerability>> rows, ExportCheckpoint next) {
                return Mono.fromRunnable(() -> {
                    rows.forEach(row -> stored.add(row.file() + row.line()));
                    checkpoint = next;
                });
            }
        };

        ReadExports.load(client, database).blockLast(PATIENCE);
        assertThat(stored).isNotEmpty().doesNotHaveDuplicates();
        int all = stored.size();
        ReadExports.load(client, database).blockLast(PATIENCE);
        assertThat(stored).hasSize(all);
    }

    @Test
    void shouldWriteFiles() {
        ExportReport report = ReadExports.write(client, folder).block(PATIENCE);

        assertThat(report.files())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(report.records()).isPositive();
        assertThat(folder.resolve("software.progress")).doesNotExist();
    }
}
