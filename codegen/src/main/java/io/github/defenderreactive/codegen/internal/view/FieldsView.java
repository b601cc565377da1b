package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data of the template of the filterable fields of an entity. */
record FieldsView(
        String packageName,
        List<String> imports,
        String javadoc,
        String name,
        List<Field> fields,
        List<Field> flags,
        List<Field> lists) {

    /** A filterable property: a constant, or a method for a type without a field class. */
    record Field(String javadoc, String type, String name, String wire) {

        String constructor() {
            return type.startsWith("EnumField") ? "EnumField<>" : type;
        }

        /**
         * Returns the arguments of the constructor. A field of an enumeration has its values, to reject misspelt ones.
         */
        String arguments() {
            return type.startsWith("EnumField<")
                    ? wire + ", " + type.substring("EnumField<".length(), type.length() - 1) + ".values()"
                    : wire;
        }
    }

    /** Returns one view per entity whose collections can be filtered, in the order of the operations. */
    static List<FieldsView> all(List<OperationDescription> operations, Schemas schemas, Packages packages) {
        Map<String, Set<String>> filterable = new LinkedHashMap<>();
        for (OperationDescription operation : operations) {
            if (operation.collection() && operation.itemSchema() != null) {
                filterable
                        .computeIfAbsent(operation.itemSchema(), name -> new LinkedHashSet<>())
                        .addAll(operation.filterable());
            }
        }
        List<FieldsView> views = new ArrayList<>();
        filterable.forEach((schemaName, names) -> {
            if (!names.isEmpty()) {
                views.add(view(schemaName, names, schemas, packages));
            }
        });
        return views;
    }

    private static FieldsView view(String schemaName, Set<String> names, Schemas schemas, Packages packages) {
        Element schema = schemas.all().get(schemaName);
        if (schema == null) {
            throw new DescriptionException("no schema " + schemaName);
        }
        Imports imports = new Imports();
        List<Field> fields = new ArrayList<>();
        List<Field> flags = new ArrayList<>();
        List<Field> lists = new ArrayList<>();
        Map<String, String> wireByName = new LinkedHashMap<>();
        for (String wire : names) {
            Element property = property(schema, wire);
            JavaType type = schemas.member(property);
            boolean list = type.isList() && type.scalar().form() == JavaType.Form.TEXT;
            boolean method = list || type.form() == JavaType.Form.BOOLEAN;
            String name = method ? JavaNames.member(wire) : JavaNames.constant(wire);
            String other = wireByName.putIfAbsent(name, wire);
            if (other != null) {
                throw schema.problem("filterable " + other + " and " + wire + " are both " + name
                        + " in Java; leave one of them out");
            }
            Javadoc javadoc = new Javadoc().text(property.text("description", ""));
            if (javadoc.isEmpty()) {
                javadoc.markup("The property " + Javadoc.code(wire) + ".");
            }
            if (method) {
                imports.add("Filter");
                javadoc.tag(
                                "param",
                                list ? "value what one of the elements must be" : "value what the property must be")
                        .tag("return", "the filter");
            }
            if (list) {
                imports.add("TextField");
                lists.add(new Field(javadoc.block(4), "String", name, JavaText.literal(wire + "/any(element: ")));
            } else if (method) {
                flags.add(new Field(javadoc.block(4), "boolean", name, JavaText.literal(wire + " eq ")));
            } else {
                String fieldType = fieldType(type, property, imports, packages);
                fields.add(new Field(javadoc.block(4), fieldType, name, JavaText.literal(wire)));
            }
        }
        String className = schemas.className(schemaName);
        return new FieldsView(
                packages.query(),
                imports.sorted(packages.query()),
                new Javadoc()
                        .markup("Properties of " + Javadoc.code(className)
                                + " that filters may use, in the spelling of filters.")
                        .block(0),
                className + "Fields",
                fields,
                flags,
                lists);
    }

    /** A filter may spell a property differently from a response. */
    private static Element property(Element schema, String wire) {
        Map<String, Element> properties = schema.get("properties").members();
        Element exact = properties.get(wire);
        if (exact != null) {
            return exact;
        }
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(wire))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> schema.problem("has no property " + wire + ", which is filterable"));
    }

    private static String fieldType(JavaType type, Element property, Imports imports, Packages packages) {
        switch (type.form()) {
            case TEXT -> imports.add("TextField");
            case TIME -> imports.add("TimeField");
            case INT, LONG, NUMBER_ENUM -> imports.add("NumberField");
            case DOUBLE, DECIMAL -> imports.add("DecimalField");
            case ENUM -> imports.add("EnumField").type(type, packages.model());
            default ->
                throw property.problem("a property of type " + type.name() + " cannot be filterable;"
                        + " remove it from x-defender-filterable and compare it with Filter.raw, or mark a string"
                        + " with x-defender-text: true");
        }
        return switch (type.form()) {
            case TEXT -> "TextField";
            case TIME -> "TimeField";
            case ENUM -> "EnumField<" + type.name() + ">";
            case DOUBLE, DECIMAL -> "DecimalField";
            default -> "NumberField";
        };
    }
}
