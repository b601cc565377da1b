package io.github.defenderreactive.cli.internal.hunting;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.hunting.HuntingBackend;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code defender hunt}: runs a hunting query and prints its rows. */
@Command(name = "hunt", description = "Runs a hunting query and prints its rows, one per line.")
public final class HuntCommand implements Callable<Integer> {

    /** The formats of rows. */
    enum Format {
        /** One JSON object per line. */
        NDJSON,
        /** Comma-separated values with a header. */
        CSV,
        /** Aligned columns. */
        TABLE
    }

    @Parameters(
            index = "0",
            paramLabel = "KQL",
            description = "The query, or @FILE for the content of a file. {name} is a placeholder for --bind.")
    private String query = "";

    @Option(
            names = "--bind",
            paramLabel = "NAME[:TYPE]=VALUE",
            description = "Binds a value to {NAME}; several values of one name are a list. TYPE is string (default),"
                    + " datetime, timespan (1h30m as PT1H30M), long or bool.")
    private List<String> bindings = List.of();

    @Option(
            names = "--timespan",
            paramLabel = "PERIOD",
            description = "Period to search, back from now, e.g. P7D; with the back end graph only.")
    private @Nullable String timespan;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "graph",
            description = "graph, xdr or endpoint (default: ${DEFAULT-VALUE}). The service returns no data from xdr and"
                    + " endpoint after 1 February 2027.")
    private HuntingBackend backend = HuntingBackend.GRAPH;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N rows.")
    private @Nullable Long limit;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description = "ndjson (one object per line), csv or table (default: ${DEFAULT-VALUE}).")
    private Format format = Format.NDJSON;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    HuntCommand() {}

    @Override
    public Integer call() {
        Limits.validated(limit);
        HuntingQuery bound = query();
        try (Connection opened = Connection.open(connection);
                Output rows = output()) {
            opened.progress().expect("rows", Limits.total(limit));
            Printing.print(
                    Limits.take(opened.client().hunting().over(backend).query(bound), limit), rows, opened.progress());
        }
        return ExitCode.OK;
    }

    private Output output() {
        return switch (format) {
            case NDJSON -> Output.standard(Output.Format.JSON, List.of());
            case TABLE -> Output.standard(Output.Format.TABLE, List.of());
            case CSV -> new CsvOutput(System.out);
        };
    }

    private HuntingQuery query() {
        if (timespan != null && backend != HuntingBackend.GRAPH) {
            throw new UsageException("--timespan cannot be combined with --backend "
                    + backend.name().toLowerCase(Locale.ROOT) + ". Filter by a time column instead");
        }
        try {
            HuntingQuery bound = Bindings.bind(HuntingQuery.of(text()), bindings);
            HuntingQuery limited = timespan == null ? bound : bound.over(Duration.parse(timespan));
            limited.text();
            return limited;
        } catch (DateTimeParseException e) {
            throw new UsageException("--timespan must be a duration such as P7D or PT12H, was '" + timespan + "'");
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private String text() {
        if (!query.startsWith("@")) {
            return query;
        }
        try {
            return Files.readString(FileName.of(query.substring(1)));
        } catch (IOException e) {
            throw new UsageException("The file of the query cannot be read: " + query.substring(1) + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
