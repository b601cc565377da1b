package io.github.defenderreactive.codegen;

import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.diff.Change;
import io.github.defenderreactive.codegen.internal.diff.Report;
import io.github.defenderreactive.codegen.internal.diff.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The differences between two descriptions of an API. Immutable.
 *
 * @since 0.1.0
 */
public final class ApiChanges {

    private final Report report;
    private final List<ApiChange> changes;

    ApiChanges(Report report, List<Change> changes) {
        this.report = report;
        this.changes = changes.stream().map(ApiChanges::change).toList();
    }

    /**
     * An effect of a change on programs that use the generated code.
     *
     * @since 0.1.0
     */
    public enum Dimension {
        /** The program does not compile. */
        SOURCE,
        /** The program, compiled before, does not link. */
        BINARY,
        /** The program compiles, and its calls send or read something else. */
        WIRE,
        /** The program compiles and its calls are the same, but it behaves differently. */
        BEHAVIOUR;

        /**
         * Reads a list of dimensions.
         *
         * @param text names in any letter case with commas in between, or {@code none}
         * @return the dimensions
         * @throws IllegalArgumentException if a name is unknown
         */
        public static Set<Dimension> parse(String text) {
            Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
            for (String name : text.split(",", -1)) {
                String upper = name.strip().toUpperCase(Locale.ROOT);
                if (upper.equals("NONE") || text.isBlank()) {
                    continue;
                }
                try {
                    dimensions.add(valueOf(upper));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "unknown dimension " + name.strip() + "; the dimensions are source, binary, wire, behaviour"
                                    + " and none",
                            e);
                }
            }
            return dimensions;
        }
    }

    private static ApiChange change(Change change) {
        Verdict verdict = change.verdict();
        Set<Dimension> affected = EnumSet.noneOf(Dimension.class);
        if (verdict.source() == Verdict.Source.BREAKING) {
            affected.add(Dimension.SOURCE);
        }
        if (!verdict.binary()) {
            affected.add(Dimension.BINARY);
        }
        if (verdict.wire()) {
            affected.add(Dimension.WIRE);
        }
        if (verdict.behaviour()) {
            affected.add(Dimension.BEHAVIOUR);
        }
        return new ApiChange(
                change.kind(),
                "#" + change.place(),
                change.before(),
                change.after(),
                change.likelyRename(),
                verdict.source() == Verdict.Source.WARNING,
                affected,
                change.text());
    }

    /**
     * Returns the changes: those of the document first, then those of operations, then those of schemas, each in the
     * order of the description.
     *
     * @return an unmodifiable list
     */
    public List<ApiChange> list() {
        return changes;
    }

    /**
     * Returns whether a gate fails.
     *
     * @param gate the dimensions that no change may affect
     * @return whether a change affects one of them
     */
    public boolean fails(Set<Dimension> gate) {
        return changes.stream().anyMatch(change -> change.affected().stream().anyMatch(gate::contains));
    }

    /**
     * Returns one line with the numbers of changes.
     *
     * @return the line without a line end
     */
    public String summary() {
        return report.summary();
    }

    /**
     * Returns a report for readers: a summary, and tables of the changes with the names of Java elements, the breaking
     * changes first.
     *
     * @return a Markdown document
     */
    public String markdown() {
        return report.markdown();
    }

    /**
     * Returns a report for programs.
     *
     * <p>An object with {@code before} and {@code after}, which have {@code title} and {@code version}; {@code summary},
     * which has the numbers {@code changes}, {@code sourceBreaking}, {@code sourceWarning}, {@code binaryBreaking},
     * {@code wireChanged}, {@code behaviourChanged} and {@code compatible}; and the list {@code changes}. A change has
     * {@code kind}, {@code place}, the lists {@code before} and {@code after} of Java names, {@code likelyRename},
     * {@code source} ({@code compatible}, {@code warning} or {@code breaking}), {@code binary} ({@code compatible} or
     * {@code breaking}), {@code wire} and {@code behaviour} ({@code same} or {@code changed}), and {@code text}.
     *
     * @return a JSON document
     */
    public String json() {
        return BundleText.json(report.json());
    }
}
