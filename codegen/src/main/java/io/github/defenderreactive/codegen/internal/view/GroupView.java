package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The data of the template of a group of operations. */
record GroupView(String packageName, List<String> imports, String javadoc, String name, List<Method> methods) {

    /** One form of an operation. */
    record Method(
            String javadoc, boolean deprecated, String result, String name, String parameters, String statement) {}

    static GroupView of(Group group, Packages packages) {
        Imports imports = new Imports().add("Objects", "Pipeline");
        List<Method> methods = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (OperationDescription operation : group.operations()) {
            imports(operation, packages, imports);
            for (Signature signature : Signature.all(operation)) {
                if (!known.add(signature.erasure())) {
                    throw operation.problem("tag " + group.tag() + " has two methods " + signature.erasure()
                            + "; give one of the operations another name with x-defender-name");
                }
                methods.add(method(operation, signature, imports));
            }
        }
        return new GroupView(
                packages.api(),
                imports.sorted(packages.api()),
                new Javadoc()
                        .text(group.description())
                        .markup("Every publisher is cold: each subscription is a separate call, and cancelling the"
                                + " subscription cancels the call. Thread-safe.")
                        .block(0),
                group.type(),
                methods);
    }

    private static void imports(OperationDescription operation, Packages packages, Imports imports) {
        imports.add(operation.collection() ? "PagedFlux" : "Mono");
        if (operation.response() != null) {
            imports.type(operation.response(), packages.model());
        }
        if (operation.body() != null) {
            imports.type(operation.body(), packages.model());
        }
        if (!operation.queryParameters().isEmpty()) {
            imports.generated(packages.query(), operation.queryType());
        }
        if (operation.form() != null) {
            imports.generated(packages.query(), operation.form());
        }
        for (Parameter parameter : operation.pathParameters()) {
            imports.type(parameter.type(), packages.model());
            if (parameter.type().form() == JavaType.Form.TIME) {
                imports.add("JsonWriter");
            }
            if (parameter.type().form() == JavaType.Form.DOUBLE) {
                imports.add("BigDecimal");
            }
        }
    }

    private static Method method(OperationDescription operation, Signature signature, Imports imports) {
        JavaType response = operation.response();
        return new Method(
                new OperationJavadoc(operation, imports).of(signature),
                operation.deprecated(),
                (operation.collection() ? "PagedFlux<" : "Mono<") + (response == null ? "Void" : response.name()) + ">",
                signature.name(),
                signature.declared(),
                signature.isWithoutQuery()
                        ? "return " + signature.delegation() + ";"
                        : statement(operation, signature));
    }

    private static String statement(OperationDescription operation, Signature signature) {
        String call = "Operations." + operation.constant() + ".call()";
        if (!operation.queryParameters().isEmpty()) {
            call = "query.applyTo(" + call + ")";
        }
        if (operation.form() != null && signature.isWithBody()) {
            call = "form.applyTo(" + call + ")";
        }
        List<String> steps = new ArrayList<>();
        for (Parameter parameter : operation.pathParameters()) {
            steps.add(".path(" + JavaText.literal(parameter.wire()) + ", "
                    + parameter.type().argument(parameter.name()) + ")");
        }
        if (operation.body() != null && signature.isWithBody()) {
            steps.add(".body(request)");
        }
        return statement(operation, call, steps);
    }

    private static String statement(OperationDescription operation, String start, List<String> steps) {
        String entry = operation.collection() ? "paged" : operation.response() == null ? "empty" : "single";
        String line = "return pipeline." + entry + "(" + start + String.join("", steps) + ".build());";
        if (8 + line.length() <= JavaText.WIDTH) {
            return line;
        }
        String separator = "\n" + " ".repeat(16);
        return "return pipeline." + entry + "(" + start + separator + String.join(separator, steps)
                + (steps.isEmpty() ? "" : separator) + ".build());";
    }
}
