package io.github.defenderreactive.apispec.lint;

import java.util.stream.Stream;

/** A header is a fact of the operation and no choice of the caller: it is required and has one value. */
final class Headers implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return description
                .elements(Kind.PARAMETER)
                .map(Element::place)
                .filter(parameter -> parameter.node().path("in").asText().equals("header"))
                .filter(parameter -> !parameter.node().path("required").asBoolean()
                        || !parameter.node().path("schema").path("const").isTextual())
                .map(parameter -> parameter.finding("header", "a header is required and has a constant text"));
    }
}
