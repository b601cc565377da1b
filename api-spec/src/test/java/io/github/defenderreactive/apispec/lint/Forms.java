package io.github.defenderreactive.apispec.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request body is JSON or a form; a form is made of files and plain values, and only a form has files. */
final class Forms implements Rule {

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final Set<String> PLAIN = Set.of("string", "integer", "number", "boolean");

    @Override
    public Stream<Finding> check(Description description) {
        List<Place> forms = description
                .elements(Kind.REQUEST_BODY)
                .map(body -> body.place().child("content").child(FORM).child("schema"))
                .map(description::follow)
                .flatMap(Optional::stream)
                .filter(schema -> !schema.node().isMissingNode())
                .toList();
        return Linter.all(
                description.elements(Kind.REQUEST_BODY).flatMap(Forms::mediaType),
                forms.stream().flatMap(form -> parts(form, description)),
                files(description, forms.stream().map(Forms::key).collect(Collectors.toSet())));
    }

    private static Stream<Finding> mediaType(Element body) {
        Place content = body.place().child("content");
        return body.place().isReference()
                        || content.node().size() == 1
                                && (content.node().has(JSON) || content.node().has(FORM))
                ? Stream.empty()
                : Stream.of(content.finding("request-body", "exactly one of " + JSON + " and " + FORM));
    }

    private static Stream<Finding> parts(Place form, Description description) {
        Place properties = form.child("properties");
        return names(properties)
                .map(properties::child)
                .filter(part -> description
                        .follow(part)
                        .filter(schema -> PLAIN.containsAll(Shapes.typeNames(schema.node()))
                                && !Shapes.typeNames(schema.node()).isEmpty())
                        .isEmpty())
                .map(part -> part.finding("form-part", "a part is a file, a text, a number or a boolean"));
    }

    private static Stream<Finding> files(Description description, Set<String> forms) {
        return description
                .elements(Kind.NAMED_SCHEMA)
                .map(Element::place)
                .filter(schema -> !forms.contains(key(schema)))
                .map(schema -> schema.child("properties"))
                .flatMap(properties -> names(properties).map(properties::child))
                .filter(property -> property.node().path("format").asText().equals("binary"))
                .map(property -> property.finding("form-part", "a file can only be part of a form"));
    }

    private static Stream<String> names(Place properties) {
        return properties.node().propertyStream().map(Map.Entry::getKey);
    }

    private static String key(Place place) {
        return place.file() + "#" + place.pointer();
    }
}
