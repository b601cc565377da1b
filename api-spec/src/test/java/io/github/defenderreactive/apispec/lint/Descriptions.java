package io.github.defenderreactive.apispec.lint;

import java.util.stream.Stream;

/** What becomes Javadoc is described: named schemas, properties, parameters, operations. */
final class Descriptions implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return description.elements().stream().flatMap(Descriptions::element);
    }

    private static Stream<Finding> element(Element element) {
        return switch (element.kind()) {
            case OPERATION -> Linter.all(text(element, "summary"), text(element, "description"));
            case NAMED_SCHEMA, PARAMETER, RESPONSE ->
                element.place().isReference() ? Stream.empty() : text(element, "description");
            case PROPERTY -> text(element, "description");
            case ROOT, PATH_ITEM, REQUEST_BODY, PART -> Stream.empty();
        };
    }

    private static Stream<Finding> text(Element element, String key) {
        return element.node().path(key).asText().isBlank()
                ? Stream.of(element.place().finding("missing-" + key, key + " is missing"))
                : Stream.empty();
    }
}
