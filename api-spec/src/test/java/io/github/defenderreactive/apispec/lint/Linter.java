package io.github.defenderreactive.apispec.lint;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All rules over one description. */
final class Linter {

    private static final List<Rule> RULES = List.of(
            new References(),
            new Shapes(),
            new Enumerations(),
            new Descriptions(),
            new ExtensionNames(),
            new OperationExtensions(),
            new Sources(),
            new Headers(),
            new Operations(),
            new BodyNames(),
            new Responses(),
            new Forms(),
            new Paging(),
            new PathParameters());

    private Linter() {}

    static List<Finding> lint(Path root) {
        Description description = Description.read(root);
        return RULES.stream().flatMap(rule -> rule.check(description)).toList();
    }

    /** Findings of several checks in one stream. */
    @SafeVarargs
    static Stream<Finding> all(Stream<Finding>... findings) {
        return Stream.of(findings).flatMap(stream -> stream);
    }
}
