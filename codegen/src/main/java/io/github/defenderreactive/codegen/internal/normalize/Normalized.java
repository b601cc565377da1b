package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.description.Version;
import java.util.List;
import java.util.function.Supplier;

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
     * @throws DescriptionException if it has another version, or has schemas that no value can fit
     */
    public static Normalized of(ObjectNode description) {
        Version.check(Element.root(description));
        Draft draft = new Draft(description.deepCopy());
        for (Supplier<Stage> stage : STAGES) {
            stage.get().apply(draft);
        }
        if (!draft.findings().isEmpty()) {
            throw DescriptionException.all(draft.findings());
        }
        return new Normalized(draft);
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

    /** Returns findings about this description with their places in the original one. */
    public DescriptionException original(DescriptionException findings) {
        return findings.at(this::original);
    }
}
