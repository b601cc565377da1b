package io.github.defenderreactive.apispec.lint;

import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An extension that nobody reads is a typing error. */
final class ExtensionNames implements Rule {

    private static final Set<String> OPERATION = Set.of(
            "x-defender-permissions",
            "x-defender-quota",
            "x-defender-paging",
            "x-defender-replay",
            "x-defender-timeout",
            "x-defender-not-found",
            "x-defender-filterable",
            "x-defender-files",
            "x-defender-source",
            "x-defender-deprecated",
            "x-defender-max-response",
            "x-defender-method",
            "x-defender-wrapped");
    private static final Set<String> NAMED_SCHEMA = Set.of(
            "x-defender-open",
            "x-defender-legacy",
            "x-defender-final",
            "x-defender-case",
            "x-defender-collection",
            "x-defender-patch",
            "x-defender-source",
            "x-defender-any");
    private static final Set<String> PROPERTY = Set.of(
            "x-defender-alias",
            "x-defender-source",
            "x-defender-any",
            "x-defender-secret",
            "x-defender-spellings",
            "x-defender-text");

    @Override
    public Stream<Finding> check(Description description) {
        return description.elements().stream().flatMap(ExtensionNames::extensions);
    }

    private static Stream<Finding> extensions(Element element) {
        Iterable<String> names = () -> element.node().fieldNames();
        Set<String> known = known(element.kind());
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.startsWith("x-") && !known.contains(name))
                .map(name -> element.place()
                        .child(name)
                        .finding("unknown-extension", "no such extension of " + element.kind()));
    }

    private static Set<String> known(Kind kind) {
        return switch (kind) {
            case OPERATION -> OPERATION;
            case PARAMETER -> Set.of("x-defender-name", "x-defender-quoted");
            case NAMED_SCHEMA -> NAMED_SCHEMA;
            case PROPERTY -> PROPERTY;
            case PART -> Set.of("x-defender-any");
            case ROOT -> Set.of("x-defender-api", "x-defender-entry");
            case PATH_ITEM, REQUEST_BODY, RESPONSE -> Set.of();
        };
    }
}
