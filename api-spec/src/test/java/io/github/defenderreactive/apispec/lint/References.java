package io.github.defenderreactive.apispec.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** References lead somewhere, definitions are used, and names of schemas are unique over all files. */
final class References implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return Linter.all(
                description.dangling().stream(),
                description.unreached().map(place -> place.finding("unused-definition", "nothing refers to this")),
                duplicateNames(description));
    }

    private static Stream<Finding> duplicateNames(Description description) {
        Map<String, Place> first = new HashMap<>();
        return description
                .elements(Kind.NAMED_SCHEMA)
                .map(Element::place)
                .filter(place -> !place.isReference())
                .flatMap(place -> {
                    Place other = first.putIfAbsent(place.name(), place);
                    return Stream.ofNullable(other)
                            .map(known -> place.finding(
                                    "duplicate-schema",
                                    "the name is also used at " + known.file() + "#" + known.pointer()));
                });
    }
}
