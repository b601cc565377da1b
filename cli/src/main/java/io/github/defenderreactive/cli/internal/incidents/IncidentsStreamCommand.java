package io.github.defenderreactive.cli.internal.incidents;

import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.streams.ItemStream;
import io.github.defenderreactive.cli.internal.streams.StreamOptions;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.query.ListSecurityIncidentsQuery;
import io.github.defenderreactive.client.graph.query.SecurityIncidentFields;
import io.github.defenderreactive.client.xdr.model.Incident;
import io.github.defenderreactive.client.xdr.query.IncidentFields;
import io.github.defenderreactive.client.xdr.query.ListIncidentsQuery;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender incidents stream}: prints incidents and, with {@code --watch}, their changes. */
@Command(name = "stream", description = "Prints incidents in wire form, one per line.")
final class IncidentsStreamCommand implements Callable<Integer> {

    /** The APIs that list incidents. */
    enum Api {
        /** Microsoft Graph. */
        GRAPH,
        /** Defender XDR. */
        XDR
    }

    @Option(
            names = "--api",
            paramLabel = "API",
            description =
                    "graph, or xdr for Defender XDR, which includes the alerts of each incident (default: graph).")
    private Api api = Api.GRAPH;

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        return api == Api.XDR ? options.print(xdr(), connection, output) : options.print(graph(), connection, output);
    }

    private static ItemStream<SecurityIncident> graph() {
        return new ItemStream<>(
                List.of("createdDateTime", "severity", "status", "displayName", "id"),
                SecurityIncidentFields.LAST_UPDATE_DATE_TIME,
                (client, filter) -> client.graphSecurity()
                        .incidents()
                        .list(
                                filter == null
                                        ? ListSecurityIncidentsQuery.all()
                                        : ListSecurityIncidentsQuery.builder()
                                                .filter(filter)
                                                .build()),
                (client, chosen) -> client.graphSecurity().incidents().watch(chosen));
    }

    private static ItemStream<Incident> xdr() {
        return new ItemStream<>(
                List.of("createdTime", "severity", "status", "incidentName", "incidentId"),
                IncidentFields.LAST_UPDATE_TIME,
                (client, filter) -> client.defenderXdr()
                        .incidents()
                        .list(
                                filter == null
                                        ? ListIncidentsQuery.all()
                                        : ListIncidentsQuery.builder()
                                                .filter(filter)
                                                .build()),
                (client, chosen) -> client.defenderXdr().incidents().watch(chosen));
    }
}
