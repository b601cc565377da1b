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
 * <p>An operation whose query arguments are all optional has a form with a query and a form without. The same applies to
 * an optional body. An operation that has neither has one form, so adding an optional query argument or body only adds
 * methods, and existing callers compile and link as before.
 *
 * @param name name of the method
 * @param types type by name of the parameters, in order
 * @param full the form that has one parameter more, or null for the form with all parameters
 * @param omitted name of the parameter that only {@code full} has, or null for the form with all parameters
 */
public record Signature(
        String name,
        Map<String, String> types,
        @Nullable Signature full,
        @Nullable String omitted) {

    private static final String QUERY = "query";
    private static final String FORM = "form";
    private static final String BODY = "request";

    /** Returns the forms of an operation, the one with all parameters first. */
    public static List<Signature> all(OperationDescription operation) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Parameter parameter : operation.pathParameters()) {
            if (types.put(parameter.name(), parameter.type().primitive()) != null) {
                throw operation.problem("two path parameters are " + parameter.name()
                        + " in Java; give one of them another name with x-defender-name");
            }
        }
        if (!operation.queryParameters().isEmpty()) {
            types.put(QUERY, operation.queryType());
        }
        if (operation.form() != null) {
            types.put(FORM, operation.form());
        }
        if (operation.body() != null) {
            types.put(BODY, operation.body().primitive());
        }
        List<Signature> forms = new ArrayList<>(List.of(new Signature(operation.methodName(), types, null, null)));
        if (!operation.isBodyRequired()) {
            addWithout(operation.form() == null ? BODY : FORM, forms);
        }
        if (!operation.isQueryRequired()) {
            addWithout(QUERY, forms);
        }
        return List.copyOf(forms);
    }

    private static void addWithout(String parameter, List<Signature> forms) {
        for (Signature form : List.copyOf(forms)) {
            Map<String, String> types = new LinkedHashMap<>(form.types());
            if (types.remove(parameter) != null) {
                forms.add(new Signature(form.name(), types, form, parameter));
            }
        }
    }

    /** Returns whether the method passes an empty query to the form that has one. */
    boolean isWithoutQuery() {
        return QUERY.equals(omitted);
    }

    /** Returns whether the method has a parameter for the body, a form included. */
    boolean isWithBody() {
        return types.containsKey(BODY) || types.containsKey(FORM);
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
            full.types().forEach((name, type) -> arguments.add(name.equals(QUERY) ? type + ".all()" : name));
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
