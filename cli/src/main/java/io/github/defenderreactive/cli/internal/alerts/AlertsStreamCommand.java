package io.github.defenderreactive.cli.internal.alerts;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.streams.ItemStream;
import io.github.defenderreactive.cli.internal.streams.StreamOptions;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.query.ListSecurityAlertsQuery;
import io.github.defenderreactive.client.graph.query.SecurityAlertFields;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.runtime.odata.Filter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender alerts stream}: prints alerts and, with {@code --watch}, their changes. */
@Command(name = "stream", description = "Prints alerts in wire form, one per line.")
final class AlertsStreamCommand implements Callable<Integer> {

    /** The APIs that list alerts. */
    enum Api {
        /** Defender for Endpoint. */
        ENDPOINT,
        /** Microsoft Graph. */
        GRAPH
    }

    @Option(
            names = "--api",
            paramLabel = "API",
            description = "endpoint, or graph for the alerts of all products (default: endpoint).")
    private Api api = Api.ENDPOINT;

    @Option(
            names = "--expand",
            paramLabel = "NAME",
            description = "With --api endpoint: evidence, to include the evidence of each alert.")
    private @Nullable String expand;

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        return api == Api.GRAPH
                ? options.print(graph(), connection, output)
                : options.print(endpoint(), connection, output);
    }

    private ItemStream<SecurityAlert> graph() {
        if (expand != null) {
            throw new UsageException("--expand requires --api endpoint; --api graph always prints the evidence");
        }
        return new ItemStream<>(
                List.of("createdDateTime", "severity", "status", "serviceSource", "title", "id"),
                SecurityAlertFields.LAST_UPDATE_DATE_TIME,
                (client, filter) -> client.graphSecurity().alerts().list(graphQuery(filter)),
                (client, chosen) -> client.graphSecurity().alerts().watch(chosen));
    }

    private static ListSecurityAlertsQuery graphQuery(@Nullable Filter filter) {
        return filter == null
                ? ListSecurityAlertsQuery.all()
                : ListSecurityAlertsQuery.builder().filter(filter).build();
    }

    private ItemStream<Alert> endpoint() {
        AlertExpansion related = expand == null ? null : AlertExpansion.of(expand);
        return new ItemStream<>(
                List.of("alertCreationTime", "severity", "status", "computerDnsName", "title", "id"),
                AlertFields.LAST_UPDATE_TIME,
                (client, filter) -> client.alerts().list(endpointQuery(filter, related)),
                (client, chosen) -> client.alerts()
                        .watch(
                                related == null
                                        ? chosen
                                        : chosen.mutate().expand(related).build()));
    }

    private static ListAlertsQuery endpointQuery(@Nullable Filter filter, @Nullable AlertExpansion related) {
        ListAlertsQuery.Builder query = ListAlertsQuery.builder();
        if (filter != null) {
            query.filter(filter);
        }
        if (related != null) {
            query.expand(related);
        }
        return query.build();
    }
}
