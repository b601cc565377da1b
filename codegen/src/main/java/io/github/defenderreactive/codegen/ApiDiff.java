package io.github.defenderreactive.codegen;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.diff.Change;
import io.github.defenderreactive.codegen.internal.diff.Comparison;
import io.github.defenderreactive.codegen.internal.diff.Report;
import io.github.defenderreactive.codegen.internal.normalize.Normalized;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Compares two descriptions of an API by the Java code that is generated from them.
 *
 * <p>Each change names Java elements before and after, and is judged in four {@linkplain ApiChanges.Dimension
 * dimensions}. The wire and the behaviour are judged for programs that still compile: the compiler shows the other places
 * itself.
 *
 * @since 0.1.0
 */
public final class ApiDiff {

    private static final String USAGE =
            "Arguments: description before, description after, [--json file] [--markdown file] [--fail-on source,binary]";

    private ApiDiff() {}

    /**
     * Compares two descriptions.
     *
     * @param before the root document of the old description
     * @param after the root document of the new description
     * @return the changes
     * @throws DescriptionException if no code can be generated from one of them; the message has all findings
     */
    public static ApiChanges between(Path before, Path after) {
        List<DescriptionException> findings = new ArrayList<>();
        List<Description> read = new ArrayList<>();
        for (Path file : List.of(before, after)) {
            try {
                read.add(Description.read(file, List.of()));
            } catch (DescriptionException e) {
                findings.add(e);
            }
        }
        if (!findings.isEmpty()) {
            throw DescriptionException.all(findings);
        }
        return between(read.get(0), read.get(1));
    }

    /**
     * Compares two descriptions, with their overlays.
     *
     * @param before the old description
     * @param after the new description
     * @return the changes
     * @throws DescriptionException if no code can be generated from one of them; the message has all findings
     */
    public static ApiChanges between(Description before, Description after) {
        List<DescriptionException> findings = new ArrayList<>();
        List<Normalized> read = new ArrayList<>();
        List<Surface> surfaces = new ArrayList<>();
        for (Description description : List.of(before, after)) {
            try {
                Normalized normalized = Normalized.of(description.document());
                surfaces.add(normalized.check(Surface::of));
                read.add(normalized);
            } catch (DescriptionException e) {
                findings.add(description.located(e));
            }
        }
        if (!findings.isEmpty()) {
            throw DescriptionException.all(findings);
        }
        List<Change> changes = Comparison.of(surfaces.get(0), surfaces.get(1)).stream()
                .map(change -> change.at(read.get(0)::original, read.get(1)::original))
                .toList();
        return changes(surfaces.get(0), surfaces.get(1), changes);
    }

    static ApiChanges between(Surface before, Surface after) {
        return changes(before, after, Comparison.of(before, after));
    }

    private static ApiChanges changes(Surface before, Surface after, List<Change> changes) {
        return new ApiChanges(new Report(before.root(), after.root(), changes), changes);
    }

    /**
     * Compares two descriptions, writes the report, and ends the process: with 0, or with 1 if a change affects one of
     * the dimensions of {@code --fail-on}, or with 2 if a description or an argument is wrong.
     *
     * @param arguments the old and the new description; {@code --markdown} and {@code --json} with the files to write, of
     *     which {@code -} is the standard output; {@code --fail-on} with dimensions and commas in between
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            List<Path> files = new ArrayList<>();
            List<String> json = new ArrayList<>();
            List<String> markdown = new ArrayList<>();
            Set<ApiChanges.Dimension> gate = EnumSet.noneOf(ApiChanges.Dimension.class);
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (!argument.startsWith("--")) {
                    files.add(Path.of(argument));
                    continue;
                }
                if (++i == arguments.size()) {
                    throw new IllegalArgumentException(argument + " needs a value. " + USAGE);
                }
                switch (argument) {
                    case "--json" -> json.add(arguments.get(i));
                    case "--markdown" -> markdown.add(arguments.get(i));
                    case "--fail-on" -> gate.addAll(ApiChanges.Dimension.parse(arguments.get(i)));
                    default -> throw new IllegalArgumentException("unknown option " + argument + ". " + USAGE);
                }
            }
            if (files.size() != 2) {
                throw new IllegalArgumentException(USAGE);
            }
            ApiChanges changes = between(files.get(0), files.get(1));
            write(markdown, changes.markdown(), out);
            write(json, changes.json(), out);
            if (markdown.isEmpty() && json.isEmpty()) {
                out.print(changes.markdown());
            }
            if (changes.fails(gate)) {
                gate.removeIf(dimension -> !changes.fails(Set.of(dimension)));
                err.println("The changes affect " + gate + ": " + changes.summary());
                return 1;
            }
            return 0;
        } catch (DescriptionException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println("cannot write the report: " + e.getMessage());
            return 2;
        }
    }

    private static void write(List<String> files, String text, PrintStream out) throws IOException {
        for (String file : files) {
            if (file.equals("-")) {
                out.print(text);
            } else {
                Bundler.writeIfChanged(Path.of(file), text);
            }
        }
    }
}
