package io.github.defenderreactive.cli.internal.drift;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.crawl.Crawl;
import io.github.defenderreactive.cli.internal.crawl.CrawlRow;
import io.github.defenderreactive.cli.internal.crawl.CrawlRow.Outcome;
import io.github.defenderreactive.cli.internal.crawl.Outcomes;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.drift.DriftEntry;
import io.github.defenderreactive.runtime.drift.DriftRecorder;
import io.github.defenderreactive.runtime.drift.DriftReport;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.scheduler.Schedulers;

/** {@code defender drift report}: calls operations that read, and prints what the description does not contain. */
@Command(
        name = "report",
        description =
                "Calls every operation of an API that reads, with arguments from earlier responses, and prints one line"
                        + " per member, type and value that the API description does not contain. Prints no data, only"
                        + " names and JSON types. The exit code is 1 if a call failed.")
final class DriftReportCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("operation", "kind", "path", "count", "types", "values");

    @Option(
            names = "--api",
            paramLabel = "API",
            defaultValue = "defender-endpoint",
            description = "defender-endpoint, graph-security or defender-xdr (default: ${DEFAULT-VALUE}).")
    private String api = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Read at most N items of a list (default: ${DEFAULT-VALUE}).")
    private long limit;

    @Option(names = "--missing", description = "Also print members that no response contained.")
    private boolean missing;

    @Option(
            names = "--overlay",
            paramLabel = "FILE",
            description = "Also write an overlay that adds the members and values to the description. The file must"
                    + " not exist.")
    private @Nullable Path overlay;

    @Option(
            names = "--metadata",
            paramLabel = "FILE",
            description = "Compare the types of this $$metadata document, an XML file, instead of calling operations.")
    private @Nullable Path metadata;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    DriftReportCommand() {}

    @Override
    public Integer call() {
        List<Operation<?>> operations = operations();
        Limits.validated(limit);
        if (overlay != null && Files.exists(overlay)) {
            throw new UsageException("--overlay must name a new file: " + overlay + " exists");
        }
        return metadata == null ? callAll(operations) : compare(metadata);
    }

    private int callAll(List<Operation<?>> operations) {
        DriftRecorder recorder = DriftRecorder.create();
        Outcomes outcomes = new Outcomes();
        try (Connection opened = Connection.open(connection, recorder)) {
            Crawl crawl = Crawl.reading(opened.client(), limit);
            opened.progress().expect("operations", crawl.included(operations).size());
            InterruptibleWork.block(crawl.rows(operations)
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(row -> {
                        outcomes.add(row);
                        opened.progress().add(1);
                        reportFailure(row);
                    })
                    .then());
        }
        finish(recorder.report(), outcomes.summary());
        return outcomes.contain(Outcome.FAILED) ? ExitCode.OTHER : ExitCode.OK;
    }

    private int compare(Path file) {
        MetadataDrift.Result result = MetadataDrift.of(api, Csdl.read(file), SchemaTypes.of(api));
        finish(
                result.report(),
                String.format(
                        "%d types compared, %d only in the document, %d only in the description",
                        result.compared(), result.onlyInMetadata(), result.onlyInDescription()));
        return ExitCode.OK;
    }

    private void finish(DriftReport report, String summary) {
        long printed = print(report);
        if (overlay != null) {
            write(overlay, report.overlay(api));
        }
        Messages.print(summary);
        Messages.print(printed + " differences" + (report.overflow() == 0 ? "" : ", and more than can be counted"));
    }

    private List<Operation<?>> operations() {
        for (Api known : Api.values()) {
            if (known.id().equals(api)) {
                return known.operations();
            }
        }
        throw new UsageException("Unknown --api " + api + "; use defender-endpoint, graph-security or defender-xdr");
    }

    private static void reportFailure(CrawlRow row) {
        if (row.outcome() == Outcome.FAILED) {
            Messages.print(row.operation() + " failed: " + row.text());
        }
    }

    private long print(DriftReport report) {
        List<DriftEntry> entries = report.entries().stream()
                .filter(entry -> missing || entry.kind() != DriftEntry.Kind.NEVER_RECEIVED)
                .toList();
        try (Output rows = Output.standard(output.formatOr(Output.Format.TABLE), COLUMNS)) {
            entries.forEach(rows::row);
        }
        return entries.size();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write --overlay " + file + ": " + e.getMessage(), e);
        }
    }
}
