package io.github.defenderreactive.cli.internal.export;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.cli.internal.progress.Measure;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.export.ExportFormat;
import io.github.defenderreactive.client.export.ExportProgress;
import io.github.defenderreactive.client.export.ExportTarget;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.FileExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code defender export}: writes all records of an export. */
@Command(name = "export", description = "Exports an inventory or assessment of all devices, one record per line.")
public final class ExportCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    @Parameters(
            paramLabel = "KIND",
            completionCandidates = ExportKinds.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String kind = "";

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR|-",
            defaultValue = STANDARD_OUTPUT,
            description =
                    "File, which appears when it is complete; directory, existing or ending in a slash, for one file"
                            + " per file of the export; or - for standard output (default: ${DEFAULT-VALUE}).")
    private String out = STANDARD_OUTPUT;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description =
                    "ndjson, or csv with the members of the API description as columns (default: ${DEFAULT-VALUE}).")
    private ExportFormat format = ExportFormat.NDJSON;

    @Option(names = "--gzip", description = "Compress the output.")
    private boolean gzip;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            converter = FileName.class,
            description =
                    "File that keeps the progress while the export runs, so that the same command continues after an"
                            + " interruption. Requires --out FILE or DIR.")
    private @Nullable Path resume;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Only changes since this time, at most 14 days back; for vulnerabilities, as ndjson to standard"
                            + " output.")
    private @Nullable Instant since;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Files that are downloaded at the same time into a directory (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    ExportCommand() {}

    @Override
    public Integer call() {
        FileExport<?> export = ExportKinds.of(kind);
        if (concurrency < 1 || concurrency > 64) {
            throw new UsageException("--concurrency must be from 1 to 64, was " + concurrency);
        }
        if (since != null) {
            return changes(export, since);
        }
        ExportTarget target = target();
        if (target == null && resume != null) {
            throw new UsageException("--resume requires --out FILE or DIR");
        }
        return export(export, target);
    }

    /** Returns the target on disk; null for standard output. */
    private @Nullable ExportTarget target() {
        if (out.equals(STANDARD_OUTPUT)) {
            return null;
        }
        Path file = FileName.of(out);
        if (FileName.isStandardOutput(file)) {
            return null;
        }
        if (out.endsWith("/") || Files.isDirectory(file)) {
            return ExportTarget.directory(file);
        }
        if (FileName.isSpecial(file)) {
            throw new UsageException("--out must be a regular file, a directory or -: " + file + " is none of them");
        }
        return ExportTarget.file(file);
    }

    private <T extends JsonEncodable> int export(FileExport<T> export, @Nullable ExportTarget target) {
        AtomicReference<ExportProgress> last = new AtomicReference<>();
        try (Connection opened = Connection.open(connection)) {
            opened.progress().follow(() -> measure(last.get()));
            ExportFlux<T> records = opened.client()
                    .exports()
                    .read(export)
                    .concurrency(concurrency)
                    .onProgress(last::set);
            InterruptibleWork.block(work(records, target));
        }
        warn(last.get());
        return ExitCode.OK;
    }

    static @Nullable Measure measure(@Nullable ExportProgress progress) {
        return progress == null
                ? null
                : new Measure(
                        "records",
                        progress.records(),
                        Measure.UNKNOWN,
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d files, %,d MB",
                                progress.completedFiles(),
                                progress.files(),
                                progress.bytes() / 1_000_000),
                        progress.files() == 0 ? 0 : (double) progress.completedFiles() / progress.files());
    }

    private Mono<?> work(ExportFlux<?> records, @Nullable ExportTarget target) {
        if (target == null) {
            return ExportStream.write(records.encoded(format), System.out, gzip);
        }
        ExportTarget chosen = target.format(format);
        chosen = gzip ? chosen.gzip() : chosen;
        return records.writeTo(resume == null ? chosen : chosen.resume(resume));
    }

    private static void warn(@Nullable ExportProgress progress) {
        if (progress != null) {
            progress.emptyFiles()
                    .forEach(file -> Messages.print("defender: The storage returned an empty file, also after the"
                            + " links were renewed: " + file));
        }
    }

    private int changes(FileExport<?> export, Instant from) {
        if (!export.equals(FileExports.VULNERABILITIES)
                || !out.equals(STANDARD_OUTPUT)
                || format != ExportFormat.NDJSON
                || gzip
                || resume != null) {
            throw new UsageException(
                    "--since can be used with vulnerabilities only, without --out, --format, --gzip and --resume");
        }
        ExportSoftwareVulnerabilityChangesQuery query = ExportSoftwareVulnerabilityChangesQuery.builder()
                .sinceTime(from)
                .build();
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(Output.Format.JSON, List.of())) {
            Printing.print(opened.client().exports().vulnerabilityChanges(query), rows, opened.progress());
        }
        return ExitCode.OK;
    }
}
