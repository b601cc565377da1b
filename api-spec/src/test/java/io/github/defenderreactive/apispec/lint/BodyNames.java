package io.github.defenderreactive.apispec.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The type of a request body is named after its operation, so that users find one from the other. */
final class BodyNames implements Rule {

    private static final List<String> MEDIA_TYPES = List.of("application/json", "multipart/form-data");

    @Override
    public Stream<Finding> check(Description description) {
        return description.elements(Kind.OPERATION).flatMap(operation -> {
            Place body = operation.place().child("requestBody");
            String id = operation.node().path("operationId").asText();
            return schemas(description, body)
                    .filter(name -> !id.isEmpty() && !names(id).contains(name))
                    .map(name -> body.finding("body-name", name + " must be one of " + String.join(", ", names(id))));
        });
    }

    private static List<String> names(String operationId) {
        String type = operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1);
        return List.of(type + "Request", type + "Form");
    }

    private static Stream<String> schemas(Description description, Place body) {
        Optional<Place> content = description.follow(body).map(request -> request.child("content"));
        return MEDIA_TYPES.stream()
                .flatMap(type -> content.map(media -> media.child(type).child("schema")).stream())
                .map(schema -> schema.node().path("$ref").asText())
                .filter(reference -> !reference.isEmpty())
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1));
    }
}
