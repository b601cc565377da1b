package io.github.defenderreactive.cli.internal.alerts;

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
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.watch.CursorStore;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.odata.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** {@code defender alerts stream}: prints alerts and, with {@code --watch}, their changes. */
@Command(name = "stream", description = "Prints alerts in wire form, one per line.")
final class AlertsStreamCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("alertCreationTime", "severity", "status", "computerDnsName", "title", "id");

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only alerts changed at or after this time, e.g. 2026-11-01T00:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--filter", paramLabel = "ODATA", description = "OData filter, sent unchanged.")
    private @Nullable String filter;

    @Option(names = "--expand", paramLabel = "NAME", description = "evidence, to include the evidence of each alert.")
    private @Nullable String expand;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N alerts.")
    private @Nullable Long limit;

    @Option(names = "--watch", description = "Keep running and print each new or changed alert.")
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
            description = "With --watch: period that each poll reads again, for alerts that appear late (default: 2m).")
    private @Nullable Duration overlap;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        return watch ? watch() : list();
    }

    private int watch() {
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
            new AlertsWatch().run(opened.client(), options);
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
        if (expand != null) {
            options.expand(AlertExpansion.of(expand));
        }
        return options;
    }

    private static Filter raw(String odata) {
        if (odata.isBlank()) {
            throw new UsageException("--filter must not be blank");
        }
        return Filter.raw(odata);
    }

    private int list() {
        if (cursor != null || every != null || overlap != null) {
            throw new UsageException("--cursor, --every and --overlap require --watch");
        }
        ListAlertsQuery query = query();
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Flux<Alert> alerts = opened.client().alerts().list(query);
            Printing.print(Limits.take(alerts, limit), rows);
        }
        return ExitCode.OK;
    }

    private ListAlertsQuery query() {
        ListAlertsQuery.Builder query = ListAlertsQuery.builder();
        Filter wanted = since == null ? null : AlertFields.LAST_UPDATE_TIME.ge(since);
        if (filter != null) {
            Filter raw = raw(filter);
            wanted = wanted == null ? raw : wanted.and(raw);
        }
        if (wanted != null) {
            query.filter(wanted);
        }
        if (expand != null) {
            query.expand(AlertExpansion.of(expand));
        }
        return query.build();
    }
}
