package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.ConstantNames;
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
        String packageName,
        List<String> imports,
        String javadoc,
        String name,
        boolean text,
        String known,
        List<Constant> constants,
        List<Finals> finals) {

    private static final Set<String> TAKEN_KNOWN = Set.of("UNKNOWN");

    /** A value. */
    record Constant(String javadoc, String name, String declaration, String knownJavadoc, String known) {}

    /** Returns the interface of the class. */
    String kind() {
        return text ? "OpenEnum" : "OpenNumber";
    }

    String type() {
        return text ? "String" : "long";
    }

    String boxed() {
        return text ? "String" : "Long";
    }

    String noun() {
        return text ? "text" : "number";
    }

    /** The values that are final, for the method that tests for them; the view has one or none of it. */
    record Finals(String javadoc, String test) {}

    static EnumView of(String schemaName, Element schema, Schemas schemas, Packages packages) {
        if (schema.has("x-defender-open") && !schema.flag("x-defender-open")) {
            throw schema.get("x-defender-open")
                    .problem("enumerations are open, because the service may add values; remove x-defender-open, and"
                            + " check values with isKnown()");
        }
        String name = schemas.className(schemaName);
        if (name.equals("Known")) {
            throw schema.problem("the name Known is taken by the nested enumeration of the class; rename the schema");
        }
        boolean text = Schemas.isTextEnum(schema);
        List<Constant> constants = constants(schema, name, text);
        Imports imports = new Imports().add("Collections", "LinkedHashMap", "List", "Map", "Nullable");
        if (text) {
            imports.add("Objects", "OpenEnum", "Optional");
        } else {
            imports.add("OpenNumber");
        }
        return new EnumView(
                packages.model(),
                imports.sorted(packages.model()),
                OriginJavadoc.addOfType(
                                new Javadoc()
                                        .text(schema.text("description", name))
                                        .markup("The service may use values that are not listed. Such a value is"
                                                + " preserved, and {@link #isKnown()} returns false."),
                                schema)
                        .block(0),
                name,
                text,
                JavaText.call("List.of", constants.stream().map(Constant::name).toList(), 4, 47 + name.length()),
                constants,
                finals(schema));
    }

    private static List<Finals> finals(Element schema) {
        List<String> finals = values(schema, "x-defender-final", "final");
        if (finals.isEmpty()) {
            return List.of();
        }
        Map<String, String> names = ConstantNames.of(schema);
        List<String> terms =
                finals.stream().map(value -> "equals(" + names.get(value) + ")").toList();
        List<String> shown = finals.stream().map(Javadoc::code).toList();
        return List.of(new Finals(
                new Javadoc()
                        .markup("Returns whether this value is final, so that no other value follows it.")
                        .tag(
                                "return",
                                "true for " + String.join(", ", shown)
                                        + "; false for the other values and for an unknown one")
                        .block(4),
                String.join("\n                || ", terms)));
    }

    /** Returns the values that an extension lists, each of which must be one of the enumeration. */
    private static List<String> values(Element schema, String extension, String kind) {
        List<String> listed = schema.get(extension).elements().stream()
                .map(value -> value.node().asText())
                .toList();
        List<String> values = Schemas.enumValues(schema);
        for (String value : listed) {
            if (!values.contains(value)) {
                throw schema.problem(kind + " value " + value + " is not in the enumeration");
            }
        }
        return listed;
    }

    private static List<Constant> constants(Element schema, String type, boolean text) {
        List<String> legacy = values(schema, "x-defender-legacy", "legacy");
        List<String> values = Schemas.enumValues(schema);
        Map<String, String> valueByName = new LinkedHashMap<>();
        List<Constant> constants = new ArrayList<>();
        Map<String, String> names = ConstantNames.of(schema);
        for (String value : values) {
            String name = names.getOrDefault(value, value);
            String known = JavaNames.free(name, TAKEN_KNOWN);
            String other = valueByName.putIfAbsent(name, value);
            if (other != null) {
                throw schema.problem("values " + other + " and " + value + " are both " + name
                        + " in Java; give one of them another name with x-defender-names");
            }
            Javadoc javadoc = new Javadoc()
                    .markup((value.isEmpty() ? "The empty text" : "The value " + Javadoc.code(value))
                            + (legacy.contains(value) ? ", which the service no longer writes." : "."));
            String literal = text ? JavaText.literal(value) : value + "L";
            constants.add(new Constant(
                    javadoc.block(4),
                    name,
                    declaration(type, name, literal + ", Known." + known),
                    javadoc.block(8),
                    known));
        }
        return constants;
    }

    private static String declaration(String type, String name, String arguments) {
        return JavaText.statement(
                4, "public static final " + type + " " + name + " =", "new " + type + "(" + arguments + ")");
    }
}
