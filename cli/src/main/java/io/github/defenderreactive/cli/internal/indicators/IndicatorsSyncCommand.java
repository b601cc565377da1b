package io.github.defenderreactive.cli.internal.indicators;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.indicator.IndicatorChange;
import io.github.defenderreactive.client.indicator.IndicatorOutcome;
import io.github.defenderreactive.client.indicator.IndicatorSyncException;
import io.github.defenderreactive.client.indicator.IndicatorSyncOptions;
import io.github.defenderreactive.client.indicator.IndicatorSyncReport;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code defender indicators sync}: brings the indicators of an owner into the state of a file. */
@Command(
        name = "sync",
        description =
                "Creates and updates the indicators of a file, and prints each change and each row that failed, one"
                        + " per line. The exit code is 1 if a row failed.")
final class IndicatorsSyncCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("change", "type", "value", "failure");

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            converter = FileName.class,
            description =
                    "The wanted indicators: .csv with a header of member names, or .ndjson with an object per line.")
    private @Nullable Path file;

    @Option(names = "--dry-run", description = "Send nothing and print the changes that would be made.")
    private boolean dryRun;

    @Option(names = "--delete-missing", description = "Delete the indicators of the owner that are not in the file.")
    private boolean deleteMissing;

    @Option(names = "--take-over", description = "Update indicators of others too, and make them those of the owner.")
    private boolean takeOver;

    @Option(
            names = "--owner",
            paramLabel = "TAG",
            defaultValue = "defender-command",
            description =
                    "Name that marks the indicators of this file in their description (default: ${DEFAULT-VALUE}).")
    private String owner = "defender-command";

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    IndicatorsSyncCommand() {}

    @Override
    public Integer call() {
        IndicatorSyncOptions options = options();
        List<SubmitIndicatorRequest> wanted = IndicatorFile.read(Objects.requireNonNull(file));
        if (wanted.isEmpty() && deleteMissing) {
            throw new UsageException(
                    "--delete-missing requires a file with at least one indicator; " + file + " is empty");
        }
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            IndicatorSyncReport report = opened.client()
                    .indicators()
                    .sync(Flux.fromIterable(wanted), options)
                    .doOnError(IndicatorSyncException.class, failure -> print(failure.report(), rows))
                    .publishOn(Schedulers.boundedElastic())
                    .block();
            print(Objects.requireNonNull(report), rows);
            return report.failures().isEmpty() ? ExitCode.OK : ExitCode.OTHER;
        }
    }

    private IndicatorSyncOptions options() {
        try {
            IndicatorSyncOptions options = IndicatorSyncOptions.ownedBy(owner);
            options = deleteMissing ? options.deleteMissing() : options;
            options = takeOver ? options.takeOver() : options;
            return dryRun ? options.dryRun() : options;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--owner: " + e.getMessage());
        }
    }

    private static void print(IndicatorSyncReport report, Output rows) {
        report.outcomes().forEach(outcome -> rows.row(out -> write(outcome, out)));
        Messages.print("defender: " + (report.dryRun() ? "Would be made: " : "") + report.count(IndicatorChange.CREATE)
                + " created, " + report.count(IndicatorChange.UPDATE) + " updated, "
                + report.count(IndicatorChange.DELETE) + " deleted, " + report.unchanged() + " unchanged, "
                + report.failures().size() + " failed");
    }

    private static void write(IndicatorOutcome outcome, JsonWriter out) {
        out.beginObject()
                .name("change")
                .string(outcome.change().name().toLowerCase(Locale.ROOT))
                .name("type")
                .string(outcome.type())
                .name("value")
                .string(outcome.value());
        String failure = outcome.failure();
        if (failure != null) {
            out.name("failure").string(failure);
        }
        out.endObject();
    }
}
