package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportCheckpoint;
import io.github.defenderreactive.client.export.ExportFormat;
import io.github.defenderreactive.client.export.ExportReport;
import io.github.defenderreactive.client.export.ExportTarget;
import io.github.defenderreactive.client.export.Placed;
import io.github.defenderreactive.client.model.AssetVulnerability;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Exports as a stream, with checkpoints, and as files. */
final class ReadExports {

    private ReadExports() {}

    // tag::read-export[]
    static Mono<Long> exploitable(DefenderClient client) {
        return client.exports()
                .read(FileExports.VULNERABILITIES)
                .filter(row -> row.exploitabilityLevel() != null
                        && !row.exploitabilityLevel().value().equals("NoExploit"))
                .count();
    }
    // end::read-export[]

    // tag::continue-export[]
    static Flux<ExportCheckpoint> load(DefenderClient client, Database database) {
        return client.exports()
                .read(FileExports.VULNERABILITIES)
                .startAt(database.checkpoint())
                .withPlaces()
                .buffer(1_000)
                .concatMap(rows -> {
                    ExportCheckpoint next = database.checkpoint();
                    for (Placed<AssetVulnerability> row : rows) {
                        next = next.after(row);
                    }
                    return database.store(rows, next).thenReturn(next);
                });
    }
    // end::continue-export[]

    // tag::write-export[]
    static Mono<ExportReport> write(DefenderClient client, Path folder) {
        return client.exports()
                .read(FileExports.SOFTWARE)
                .concurrency(8)
                .onProgress(progress -> System.err.println(progress.records()))
                .writeTo(ExportTarget.directory(folder.resolve("software"))
                        .format(ExportFormat.CSV)
                        .gzip()
                        .resume(folder.resolve("software.progress")));
    }
    // end::write-export[]

    /** Stores rows and the position after them in one transaction. */
    interface Database {

        /** Returns the stored position, {@link ExportCheckpoint#start()} at first. */
        ExportCheckpoint checkpoint();

        Mono<Void> store(List<Placed<AssetVulnerability>> rows, ExportCheckpoint next);
    }
}
