package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Schemas;
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

/** The data of the template of an open enumeration. */
record EnumView(
        String packageName, List<String> imports, String javadoc, String name, String known, List<Constant> constants) {

    private static final Set<String> TAKEN = Set.of("BY_VALUE", "KNOWN");

    /** A value. */
    record Constant(String javadoc, String name, String declaration) {}

    static EnumView of(String schemaName, Element schema, Schemas schemas, Packages packages) {
        if (!Schemas.typeName(schema).equals("string")) {
            throw schema.problem("an enumeration must have the type string");
        }
        if (!schema.flag("x-defender-open")) {
            throw schema.problem("an enumeration must have x-defender-open: true");
        }
        String name = schemas.className(schemaName);
        List<Constant> constants = constants(schema, name);
        return new EnumView(
                packages.model(),
                new Imports()
                        .add(
                                "Collections",
                                "LinkedHashMap",
                                "List",
                                "Map",
                                "Nullable",
                                "Objects",
                                "OpenEnum",
                                "Optional")
                        .sorted(packages.model()),
                new Javadoc()
                        .text(schema.text("description", name))
                        .markup("The service may use values that are not listed. Such a value is preserved, and"
                                + " {@link #isKnown()} returns false.")
                        .block(0),
                name,
                JavaText.call("List.of", constants.stream().map(Constant::name).toList(), 4, 47 + name.length()),
                constants);
    }

    private static List<Constant> constants(Element schema, String type) {
        List<String> legacy = schema.get("x-defender-legacy").texts();
        List<String> values = schema.get("enum").texts();
        for (String value : legacy) {
            if (!values.contains(value)) {
                throw schema.problem("legacy value " + value + " is not in the enumeration");
            }
        }
        Map<String, String> valueByName = new LinkedHashMap<>();
        List<Constant> constants = new ArrayList<>();
        for (String value : values) {
            String name = JavaNames.free(JavaNames.constant(value), TAKEN);
            String other = valueByName.putIfAbsent(name, value);
            if (other != null) {
                throw schema.problem("values " + other + " and " + value + " are both " + name + " in Java");
            }
            String text = value.isEmpty() ? "The empty text" : "The value " + Javadoc.code(value);
            constants.add(new Constant(
                    new Javadoc()
                            .markup(text + (legacy.contains(value) ? ", which the service no longer writes." : "."))
                            .block(4),
                    name,
                    declaration(type, name, value)));
        }
        return constants;
    }

    private static String declaration(String type, String name, String value) {
        return JavaText.statement(
                4,
                "public static final " + type + " " + name + " =",
                "new " + type + "(" + JavaText.literal(value) + ")");
    }
}
