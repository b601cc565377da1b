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
import java.util.Locale;
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
        imports.add(publisher(operation));
        if (operation.response() != null) {
            imports.type(operation.response(), packages.model());
        }
        if (operation.body() != null) {
            imports.type(operation.body(), packages.model());
            if (operation.bodyKind() == OperationDescription.BodyKind.TEXT) {
                imports.argument(operation.body());
            }
            if (operation.body().needsCopies()) {
                imports.add("Copies");
            }
            if (operation.body().write("body").contains("JsonWriter")) {
                imports.add("JsonWriter");
            }
        }
        if (!operation.queryParameters().isEmpty()) {
            imports.generated(packages.query(), operation.queryType());
        }
        if (operation.form() != null) {
            imports.generated(packages.query(), operation.form());
        }
        for (Parameter parameter : operation.pathParameters()) {
            imports.type(parameter.type(), packages.model());
            imports.argument(parameter.type());
            if (parameter.type().isCollected()) {
                imports.add("Collectors");
            }
        }
    }

    private static Method method(OperationDescription operation, Signature signature, Imports imports) {
        JavaType response = operation.response();
        return new Method(
                new OperationJavadoc(operation, imports).of(signature),
                operation.deprecated(),
                publisher(operation) + "<" + (response == null ? "Void" : response.name()) + ">",
                signature.name(),
                signature.declared(),
                signature.isWithoutQuery()
                        ? "return " + signature.delegation() + ";"
                        : statement(operation, signature));
    }

    private static String publisher(OperationDescription operation) {
        return switch (operation.shape()) {
            case COLLECTION -> "PagedFlux";
            case ITEMS, BYTES -> "Flux";
            default -> "Mono";
        };
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
        JavaType body = operation.body();
        if (body == null || !signature.isWithBody()) {
            return statement(operation, call, steps);
        }
        // The publisher is cold, so a body that can change is copied when the method is called.
        String copied =
                body.isContainer() ? body.name() + " body = " + body.copy("request") + ";\n" + " ".repeat(8) : "";
        steps.add(body(operation, body));
        return copied + statement(operation, call, steps);
    }

    private static String body(OperationDescription operation, JavaType body) {
        if (operation.bodyKind() == OperationDescription.BodyKind.TEXT) {
            return ".text(" + body.argument("request") + ")";
        }
        if (operation.bodyKind() == OperationDescription.BodyKind.BYTES) {
            return ".content(request)";
        }
        return switch (body.form()) {
            case OBJECT, ANY -> ".body(request)";
            case LIST, MAP -> ".body(out -> out" + body.write("body") + ")";
            default -> ".body(out -> out" + body.write("request") + ")";
        };
    }

    private static String statement(OperationDescription operation, String start, List<String> steps) {
        String entry =
                operation.collection() ? "paged" : operation.shape().name().toLowerCase(Locale.ROOT);
        String line = "return pipeline." + entry + "(" + start + String.join("", steps) + ".build());";
        if (8 + line.length() <= JavaText.WIDTH) {
            return line;
        }
        String separator = "\n" + " ".repeat(16);
        return "return pipeline." + entry + "(" + start + separator + String.join(separator, steps)
                + (steps.isEmpty() ? "" : separator) + ".build());";
    }
}
