package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** The main job: every alert, as it arrives. */
@Command(name = "stream", description = "Streams alerts in wire form, one a line, from the first to the last.")
final class AlertsStreamCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("alertCreationTime", "severity", "status", "computerDnsName", "title", "id");

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only alerts changed at or after, e.g. 2026-11-01T00:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--filter", paramLabel = "ODATA", description = "OData filter, sent as it is.")
    private @Nullable String filter;

    @Option(names = "--expand", paramLabel = "NAME", description = "evidence: with the evidence of each alert.")
    private @Nullable String expand;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N alerts.")
    private @Nullable Long limit;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ListAlertsQuery query = query();
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Flux<Alert> alerts = opened.client().alerts().list(query);
            Printing.print(Limits.first(alerts, limit), rows);
        }
        return ExitCode.OK;
    }

    private ListAlertsQuery query() {
        ListAlertsQuery.Builder query = ListAlertsQuery.builder();
        Filter wanted = since == null ? null : AlertFields.LAST_UPDATE_TIME.ge(since);
        if (filter != null) {
            Filter raw = Filter.raw(filter);
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
