package io.github.defenderreactive.emulator;

import java.util.Map;

/** Alerts, the incidents and investigations they belong to, and the files and entities seen in them. */
final class AlertSlice implements Slice {

    private final SliceContext context;
    private final Alerts alerts;
    private final Sightings sightings;
    private final KnownFiles files;
    private final Investigations investigations;
    private final Incidents incidents;

    AlertSlice(SliceContext context, Machines machines) {
        ServiceOptions options = context.options();
        this.context = context;
        this.alerts = new Alerts(context.organisation(), machines, options.size(), options.newestAlert());
        this.sightings = new Sightings(alerts);
        this.files = new KnownFiles(context.organisation(), alerts.newest());
        this.investigations = new Investigations(alerts, sightings);
        this.incidents = new Incidents(alerts);
    }

    Alerts alerts() {
        return alerts;
    }

    Sightings sightings() {
        return sightings;
    }

    KnownFiles files() {
        return files;
    }

    Investigations investigations() {
        return investigations;
    }

    Incidents incidents() {
        return incidents;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new AlertOperations(alerts, files, context.responses(), context::now).register(handlers);
        new InvestigationOperations(investigations, context.responses()).register(handlers);
    }
}
