package io.github.defenderreactive.cli.internal.streams;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that prints a collection and, with {@code --watch}, its changes. */
public final class StreamOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only items changed at or after this time, e.g. 2026-11-01T00:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--filter", paramLabel = "ODATA", description = "OData filter, sent unchanged.")
    private @Nullable String filter;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N items.")
    private @Nullable Long limit;

    @Option(names = "--watch", description = "Keep running and print each new or changed item.")
    private boolean watch;

    @Option(
            names = "--cursor",
            paramLabel = "FILE",
            description = "With --watch: file that keeps the progress, so that the next watch resumes there.")
    private @Nullable Path cursor;

    @Option(
            names = "--every",
            paramLabel = "SPAN",
            converter = DurationConverter.class,
            description = "With --watch: time between two polls (default: 30s).")
    private @Nullable Duration every;

    @Option(
            names = "--overlap",
            paramLabel = "SPAN",
            converter = DurationConverter.class,
            description = "With --watch: period that each poll reads again, for items that appear late (default: 2m).")
    private @Nullable Duration overlap;

    /** Creates the options. */
    public StreamOptions() {}

    /**
     * Prints a stream as the options say.
     *
     * @param stream the collection
     * @param connection the options of the connection
     * @param output the options of the output
     * @param <T> the item
     * @return the exit code
     * @throws UsageException if the options contradict each other
     */
    public <T extends JsonEncodable> int print(
            ItemStream<T> stream, ConnectionOptions connection, OutputOptions output) {
        return watch ? watch(stream, connection, output) : list(stream, connection, output);
    }

    private <T extends JsonEncodable> int watch(
            ItemStream<T> stream, ConnectionOptions connection, OutputOptions output) {
        if (limit != null) {
            throw new UsageException("--limit cannot be combined with --watch, which runs until it is stopped");
        }
        if (output.formatOr(Output.Format.JSON) != Output.Format.JSON) {
            throw new UsageException("--output table cannot be combined with --watch, which prints JSON lines only");
        }
        WatchOptions.Builder options = watchOptions();
        if (cursor == null) {
            Messages.print("defender: Without --cursor no progress is kept; the next watch starts over");
        }
        try (Connection opened = Connection.open(connection)) {
            new StreamWatch(opened.progress()).run(chosen -> stream.watch().apply(opened.client(), chosen), options);
        }
        return ExitCode.OK;
    }

    private WatchOptions.Builder watchOptions() {
        WatchOptions.Builder options = WatchOptions.builder();
        if (cursor != null) {
            if (FileName.isSpecial(cursor)) {
                throw new UsageException("--cursor must name a regular file: " + cursor
                        + " is not one. Omit --cursor to keep no progress");
            }
            options.store(CursorStore.file(cursor));
        }
        if (since != null) {
            options.since(since);
        }
        if (every != null) {
            if (every.compareTo(WatchOptions.MIN_EVERY) < 0) {
                throw new UsageException("--every must be >= 1s");
            }
            options.every(every);
        }
        if (overlap != null) {
            options.overlap(overlap);
        }
        if (filter != null) {
            options.filter(raw(filter));
        }
        return options;
    }

    private static Filter raw(String odata) {
        if (odata.isBlank()) {
            throw new UsageException("--filter must not be blank");
        }
        return Filter.raw(odata);
    }

    private <T extends JsonEncodable> int list(
            ItemStream<T> stream, ConnectionOptions connection, OutputOptions output) {
        if (cursor != null || every != null || overlap != null) {
            throw new UsageException("--cursor, --every and --overlap require --watch");
        }
        Filter wanted = wanted(stream.updateTime());
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), stream.columns())) {
            opened.progress().expect("items", Limits.total(limit));
            Printing.print(Limits.take(stream.list().apply(opened.client(), wanted), limit), rows, opened.progress());
        }
        return ExitCode.OK;
    }

    private @Nullable Filter wanted(TimeField updateTime) {
        Filter changed = since == null ? null : updateTime.ge(since);
        if (filter == null) {
            return changed;
        }
        Filter raw = raw(filter);
        return changed == null ? raw : changed.and(raw);
    }
}
