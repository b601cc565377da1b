package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies overlays to a document, in order. */
public final class Overlays {

    private final ObjectNode document;
    private final List<DescriptionException> findings = new ArrayList<>();
    private final List<UnusedAction> unused = new ArrayList<>();
    private final Provenance provenance = new Provenance();

    private Overlays(ObjectNode document) {
        this.document = document;
    }

    /**
     * A document after the overlays.
     *
     * @param document the changed copy; schemas, properties and operations that overlays added or changed have the
     *     extensions of {@link Origin}
     * @param unused the actions whose targets selected nothing
     * @param origins the origins by place
     */
    public record Result(ObjectNode document, List<UnusedAction> unused, Map<Pointer, Origin> origins) {}

    /**
     * Applies overlays to a copy of a document. Each action applies to the result of the actions before.
     *
     * @throws DescriptionException with all actions that do not fit the document
     */
    public static Result apply(ObjectNode document, List<Overlay> overlays) {
        Overlays run = new Overlays(document.deepCopy());
        overlays.forEach(run::apply);
        if (!run.findings.isEmpty()) {
            throw DescriptionException.all(run.findings);
        }
        run.provenance.write(run.document);
        return new Result(run.document, List.copyOf(run.unused), run.provenance.origins());
    }

    private void apply(Overlay overlay) {
        ObjectNode before = document.deepCopy();
        List<Action> idle = new ArrayList<>();
        List<DescriptionException> problems = new ArrayList<>();
        for (Action action : overlay.actions()) {
            Collection<Match> targets = targets(action);
            if (targets.isEmpty()) {
                idle.add(action);
            } else {
                new Application(document, action, overlay.isFirstVersion(), problems::add).to(targets);
            }
        }
        if (!problems.isEmpty()) {
            findings.add(overlay.located(DescriptionException.all(problems)));
        }
        if (!idle.isEmpty()) {
            var locations = overlay.locations(
                    idle.stream().map(action -> action.element().place()).toList());
            idle.forEach(action -> unused.add(new UnusedAction(
                    locations.apply(action.element().place()),
                    action.element().place().toString(),
                    action.target().text())));
        }
        provenance.compare(before, document, overlay.name());
    }

    /** Returns the targets; a node that is selected twice is one target. */
    private Collection<Match> targets(Action action) {
        Map<Pointer, Match> targets = new LinkedHashMap<>();
        action.target().select(document).forEach(match -> targets.putIfAbsent(match.pointer(), match));
        return targets.values();
    }
}
