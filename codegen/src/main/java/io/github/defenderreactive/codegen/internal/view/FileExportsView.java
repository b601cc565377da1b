package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Files;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Spellings;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data of the template of the exports as files. */
record FileExportsView(String packageName, List<String> imports, String constants, List<Constant> exports) {

    static final String NAME = "FileExports";

    private static final int INDENT = 4;

    /** An export. */
    record Constant(String javadoc, String type, String name, List<String> arguments) {}

    /**
     * Returns the view.
     *
     * @param operations the operations that link to files, not empty
     */
    static FileExportsView of(List<OperationDescription> operations, Schemas schemas, Packages packages) {
        Imports imports = new Imports().add("FileExport", "List", "Optional");
        Map<String, Constant> constants = new LinkedHashMap<>();
        for (OperationDescription operation : operations) {
            Constant constant = constant(operation, schemas, packages, imports);
            if (constants.putIfAbsent(constant.name(), constant) != null) {
                throw operation.problem("the name of its files is already used by another operation");
            }
        }
        return new FileExportsView(
                packages.api(),
                imports.sorted(packages.api()),
                JavaText.call("List.of", List.copyOf(constants.keySet()), INDENT, JavaText.WIDTH),
                List.copyOf(constants.values()));
    }

    private static Constant constant(
            OperationDescription operation, Schemas schemas, Packages packages, Imports imports) {
        Files files = operation.files().orElseThrow();
        Element record = schemas.all().get(files.record());
        if (record == null || !Schemas.isObject(record)) {
            throw operation.problem("the record of its files must be the name of an object schema");
        }
        String type = schemas.className(files.record());
        imports.generated(packages.model(), type);
        return new Constant(
                new Javadoc()
                        .text(record.text("description", type))
                        .markup("Linked to by " + Javadoc.code(operation.id()) + ".")
                        .block(INDENT),
                type,
                JavaNames.free(JavaNames.constant(files.name()), Set.of("ALL")),
                List.of(
                        JavaText.literal(files.name()),
                        "Operations." + operation.constant() + ".info()",
                        type + "::read",
                        JavaText.call("List.of", columns(record), INDENT + 8, JavaText.WIDTH)));
    }

    private static List<String> columns(Element record) {
        Spellings spellings = Spellings.of(record);
        List<String> columns = new ArrayList<>();
        for (String property : record.get("properties").members().keySet()) {
            columns.add(JavaText.call(
                    "FileExport.column",
                    spellings.of(property).stream()
                            .map(spelling -> spelling.literal())
                            .toList(),
                    INDENT + 16,
                    INDENT + 17));
        }
        return columns;
    }
}
