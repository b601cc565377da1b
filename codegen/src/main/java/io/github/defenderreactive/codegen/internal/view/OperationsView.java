package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data of the template of the constants for the operations. */
record OperationsView(String packageName, List<String> imports, String constants, List<Constant> operations) {

    private static final int INDENT = 4;

    /** An operation. */
    record Constant(String javadoc, String declaration) {}

    static OperationsView of(List<OperationDescription> operations, Packages packages) {
        Imports imports = new Imports().add("List", "Operation", "Optional");
        Map<String, OperationDescription> byName = new LinkedHashMap<>();
        for (OperationDescription operation : operations) {
            OperationDescription other = byName.putIfAbsent(operation.constant(), operation);
            if (other != null) {
                throw operation
                        .element()
                        .problem("operations " + other.id() + " and " + operation.id() + " are both "
                                + operation.constant() + " in Java");
            }
        }
        List<Constant> constants = operations.stream()
                .map(operation -> constant(operation, packages, imports))
                .toList();
        return new OperationsView(
                packages.api(),
                imports.sorted(packages.api()),
                // Always one line per operation, so that a new operation adds one line.
                JavaText.call("List.of", List.copyOf(byName.keySet()), INDENT, JavaText.WIDTH),
                constants);
    }

    private static Constant constant(OperationDescription operation, Packages packages, Imports imports) {
        JavaType response = operation.response();
        if (response != null) {
            imports.type(response, packages.model());
        }
        String type = response == null ? "Void" : response.name();
        return new Constant(
                new Javadoc()
                        .text(operation.summary())
                        .markup(Javadoc.code(operation.method() + " " + operation.path()))
                        .block(INDENT),
                JavaText.statement(
                        INDENT,
                        "public static final Operation<" + type + "> " + operation.constant() + " =",
                        Group.operationsType(operation.tag()) + "." + operation.factory() + "()"));
    }
}
