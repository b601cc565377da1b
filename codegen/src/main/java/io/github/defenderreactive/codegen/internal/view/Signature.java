package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of a group: the name of an operation in Java, and its parameters.
 *
 * <p>An operation whose query arguments are all optional has two forms, with a query and without. A query argument that
 * is added later thus leaves every existing call as it is.
 *
 * @param name name of the method
 * @param types type by name of the parameters, in order
 * @param full the form with a query that this form calls, or null if it sends the call itself
 */
public record Signature(
        String name, Map<String, String> types, @Nullable Signature full) {

    /** Returns the forms of an operation, the one with all parameters first. */
    public static List<Signature> all(OperationDescription operation) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Parameter parameter : operation.pathParameters()) {
            if (types.put(parameter.name(), parameter.type().primitive()) != null) {
                throw operation.problem("two path parameters are " + parameter.name() + " in Java");
            }
        }
        if (!operation.queryParameters().isEmpty()) {
            types.put("query", operation.queryType());
        }
        if (operation.form() != null) {
            types.put("form", operation.form());
        }
        if (operation.body() != null) {
            types.put("request", operation.body().name());
        }
        Signature full = new Signature(operation.methodName(), types, null);
        if (!types.containsKey("query") || operation.isQueryRequired()) {
            return List.of(full);
        }
        Map<String, String> withoutQuery = new LinkedHashMap<>(types);
        withoutQuery.remove("query");
        return List.of(full, new Signature(full.name(), withoutQuery, full));
    }

    /** Returns the parameters as they are declared. */
    String declared() {
        return types.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Returns the name with the types of the parameters, which is what Java tells methods apart by. */
    String erasure() {
        return name + "(" + String.join(", ", types.values()) + ")";
    }

    /** Returns a call of the form with a query. */
    String delegation() {
        List<String> arguments = new ArrayList<>();
        if (full != null) {
            full.types().forEach((name, type) -> arguments.add(name.equals("query") ? type + ".all()" : name));
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
