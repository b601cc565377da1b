package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;

/** Alerts, the incidents and investigations they belong to, and the files and entities seen in them. */
public final class AlertSlice implements Slice {

    private final SliceContext context;
    private final Alerts alerts;
    private final Sightings sightings;
    private final KnownFiles files;
    private final Investigations investigations;
    private final Incidents incidents;

    public AlertSlice(SliceContext context, Machines machines) {
        ServiceOptions options = context.options();
        this.context = context;
        this.alerts = new Alerts(context.organisation(), machines, options.size(), options.newestAlert());
        this.sightings = new Sightings(alerts);
        this.files = new KnownFiles(context.organisation(), alerts.newest());
        this.investigations = new Investigations(alerts, sightings, context::now);
        this.incidents = new Incidents(alerts);
    }

    public Alerts alerts() {
        return alerts;
    }

    public Sightings sightings() {
        return sightings;
    }

    public KnownFiles files() {
        return files;
    }

    public Investigations investigations() {
        return investigations;
    }

    public Incidents incidents() {
        return incidents;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new AlertItems(alerts, context::now).kind(), investigations.kind());
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new AlertOperations(alerts, files, context.responses(), context::now).register(handlers);
        new InvestigationOperations(investigations, context.responses()).register(handlers);
    }
}
