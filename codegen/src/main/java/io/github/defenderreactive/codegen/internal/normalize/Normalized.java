package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.description.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A description in the dialect that the generator reads, made from any valid description. One that is in the dialect
 * already is unchanged.
 */
public final class Normalized {

    /** In this order: each stage may rely on those before it. */
    private static final List<Supplier<Stage>> STAGES = List.of(
            OperationIds::new,
            Contents::new,
            References::new,
            Nulls.Choices::new,
            Nulls::new,
            AllOf::new,
            BaseUnions::new,
            Types::new,
            Choices::new,
            Enums::new,
            Parameters::new,
            InlineSchemas::new,
            Successes::new,
            OperationDefaults::new,
            JavaNameClashes::new,
            Ignored::new);

    private final Draft draft;

    private Normalized(Draft draft) {
        this.draft = draft;
    }

    /**
     * Normalizes a description, which is not changed.
     *
     * @throws DescriptionException if it has another version
     */
    public static Normalized of(ObjectNode description) {
        Version.check(Element.root(description));
        Draft draft = new Draft(description.deepCopy());
        for (Supplier<Stage> stage : STAGES) {
            stage.get().apply(draft);
        }
        return new Normalized(draft);
    }

    /**
     * Checks this description.
     *
     * @param check a check that returns a result or refuses the description
     * @return the result
     * @throws DescriptionException with what the normalization and the check refuse; the places are those of the
     *     original description
     */
    public <T> T check(Function<Element, T> check) {
        List<DescriptionException> findings = new ArrayList<>(draft.findings());
        List<Pointer> places =
                findings.stream().flatMap(finding -> finding.places().stream()).toList();
        @Nullable T result = null;
        try {
            result = check.apply(Element.root(draft.root()));
        } catch (DescriptionException e) {
            // What was refused before is left as it was, so the check refuses it again.
            e.at(this::original).besides(places).ifPresent(findings::add);
        }
        if (!findings.isEmpty() || result == null) {
            throw DescriptionException.all(findings);
        }
        return result;
    }

    public ObjectNode document() {
        return draft.root();
    }

    /** Returns the decisions that assume something, or do without something, in the order of the stages. */
    public List<Note> notes() {
        return List.copyOf(draft.notes());
    }

    /** Returns the place in the original description of a place in this one. */
    public Pointer original(Pointer place) {
        return draft.places().original(place);
    }

    /** Returns the decisions as texts, with the place of each as a function of a finding names it. */
    public List<String> notes(UnaryOperator<DescriptionException> located) {
        List<DescriptionException> notes = draft.notes().stream()
                .map(note -> new DescriptionException(note.place(), note.text()))
                .toList();
        return notes.isEmpty()
                ? List.of()
                : located.apply(DescriptionException.all(notes)).findings();
    }
}
