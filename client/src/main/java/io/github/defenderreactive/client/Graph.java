package io.github.defenderreactive.client;

import io.github.defenderreactive.client.graph.api.GraphSecurity;
import io.github.defenderreactive.runtime.pipeline.Pipeline;

/**
 * The security API of Microsoft Graph, with its watches and the response to a user. Returned by {@link DefenderClient#graphSecurity()}.
 *
 * @since 0.1.0
 */
public final class Graph extends GraphSecurity {

    private final SecurityAlerts alerts;
    private final SecurityIncidents incidents;
    private final Identities identityAccounts;

    Graph(Pipeline pipeline) {
        super(pipeline);
        this.alerts = new SecurityAlerts(pipeline);
        this.incidents = new SecurityIncidents(pipeline);
        this.identityAccounts = new Identities(pipeline);
    }

    /**
     * Returns the operations on the alerts of all products, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public SecurityAlerts alerts() {
        return alerts;
    }

    /**
     * Returns the operations on incidents, with a continuous watch.
     *
     * @return the operations
     */
    @Override
    public SecurityIncidents incidents() {
        return incidents;
    }

    /**
     * Returns the operations on identities and their accounts, with a response to a user.
     *
     * @return the operations
     */
    @Override
    public Identities identityAccounts() {
        return identityAccounts;
    }
}
