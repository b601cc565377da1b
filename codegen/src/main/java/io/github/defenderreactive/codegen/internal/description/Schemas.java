package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The named schemas of a description and their Java types. */
public final class Schemas {

    private static final String COLLECTION = "x-defender-collection";
    private static final String ANY = "x-defender-any";
    private static final String CHOICES = "x-defender-choices";
    private static final String TEXT = "x-defender-text";
    private static final Set<String> SCHEMA_EXTENSIONS = Set.of(
            ANY,
            CHOICES,
            GivenName.KEY,
            ConstantNames.KEY,
            "x-defender-case",
            COLLECTION,
            Citation.KEY,
            "x-defender-final",
            "x-defender-legacy",
            "x-defender-open",
            "x-defender-patch",
            TEXT);
    private static final Set<String> MEMBER_EXTENSIONS = Set.of(
            ANY,
            CHOICES,
            TEXT,
            GivenName.KEY,
            "x-defender-alias",
            Citation.KEY,
            "x-defender-secret",
            "x-defender-spellings");

    private static final String VALUES = "additionalProperties";

    private final Map<String, Element> byName;
    private final Set<Pointer> within = new HashSet<>();
    private final Map<String, String> classNames = new LinkedHashMap<>();

    public Schemas(Element components) {
        this.byName = components.get("schemas").members();
        byName.forEach((name, schema) -> classNames.put(name, GivenName.validType(schema, name)));
    }

    /** Checks names and extensions. */
    public void check(Findings findings) {
        Map<String, String> taken = new LinkedHashMap<>();
        byName.forEach((name, schema) -> findings.check(() -> {
            String className = GivenName.ofType(schema, name);
            // On a file system that ignores case one file would overwrite the other.
            String other = taken.putIfAbsent(className.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw schema.problem("has the same class name as schema " + other + "; give one of them another with "
                        + GivenName.KEY);
            }
            if (Imports.taken(className)) {
                throw schema.problem("the name " + className + " is taken by a type that generated code uses; give it"
                        + " another with " + GivenName.KEY);
            }
            schema.allowExtensions(SCHEMA_EXTENSIONS);
            Citation.of(schema);
        }));
    }

    public Map<String, Element> all() {
        return byName;
    }

    public String className(String schemaName) {
        return classNames.getOrDefault(schemaName, schemaName);
    }

    public static boolean isCollection(Element schema) {
        return schema.flag(COLLECTION);
    }

    public static boolean isUnion(Element schema) {
        return schema.has("oneOf") && nonNull(schema.get("oneOf").elements()).size() > 1 || schema.has("discriminator");
    }

    /** Returns whether a schema lists texts or whole numbers. Other types have no class for the listed values. */
    public static boolean isEnum(Element schema) {
        return schema.has("enum") && typeName(schema).matches("string|integer|");
    }

    /** Returns whether an enumeration has texts, not numbers. */
    public static boolean isTextEnum(Element schema) {
        String type = typeName(schema);
        return type.equals("string")
                || type.isEmpty()
                        && !schema.get("enum").elements().stream()
                                .allMatch(value -> value.node().isIntegralNumber() || isNull(value));
    }

    /** Returns the values of an enumeration without null, which is not a value of its class. */
    public static List<String> enumValues(Element schema) {
        boolean text = isTextEnum(schema);
        return schema.get("enum").elements().stream()
                .filter(value -> !isNull(value))
                .map(value -> text ? value.text() : whole(value))
                .toList();
    }

    private static boolean isNull(Element value) {
        return value.node().isNull();
    }

    private static String whole(Element value) {
        if (!value.node().canConvertToLong() || !value.node().canConvertToExactIntegral()) {
            throw value.problem(
                    "must be a whole number of 64 bits, because the type of the enumeration is integer, was "
                            + value.node() + "; correct or remove it");
        }
        return Long.toString(value.node().longValue());
    }

    public static boolean isObject(Element schema) {
        return typeName(schema).equals("object") && !isMap(schema) && !isCollection(schema) && !isUnion(schema);
    }

    /** Returns whether a schema has values of one type under any names, and no properties of its own. */
    static boolean isMap(Element schema) {
        return schema.get(VALUES).node().isObject()
                && !schema.get(VALUES).node().isEmpty()
                && schema.get("properties").node().isEmpty()
                && typeName(schema).matches("object|");
    }

    /** Returns the name of the schema that a reference points to. */
    String referenced(Element reference) {
        List<String> segments = reference.followed().place().segments();
        String name = segments.get(segments.size() - 1);
        if (segments.size() != 3 || !byName.containsKey(name)) {
            throw reference.problem("must refer to a named schema");
        }
        return name;
    }

    /** Returns the type of a property of an object. */
    public JavaType member(Element schema) {
        schema.allowExtensions(MEMBER_EXTENSIONS);
        Citation.of(schema);
        return type(schema);
    }

    /** Returns the classes that a free value can be read as. */
    public List<String> choices(Element schema) {
        Element choices = (schema.has("$ref") ? schema.followed() : schema).get(CHOICES);
        return choices.texts().stream()
                .filter(name -> {
                    Element choice = byName.get(name);
                    if (choice == null) {
                        throw choices.problem(name + " is not a schema; correct the name");
                    }
                    return isUnion(choice) || isObject(choice);
                })
                .map(this::className)
                .toList();
    }

    public JavaType type(Element schema) {
        if (schema.has("$ref")) {
            return named(schema, referenced(schema));
        }
        if (schema.flag(ANY)) {
            return JavaType.ANY;
        }
        for (String keyword : List.of("oneOf", "anyOf")) {
            if (schema.has(keyword)) {
                List<Element> choices = nonNull(schema.get(keyword).elements());
                if (choices.size() == 1) {
                    return type(choices.get(0));
                }
                throw schema.problem("a union must be a named schema with a discriminator");
            }
        }
        if (schema.has("allOf")) {
            throw schema.problem("allOf is not supported");
        }
        return inline(schema);
    }

    private JavaType inline(Element schema) {
        String format = schema.text("format", "");
        if (isEnum(schema)) {
            throw schema.problem("an enumeration must be a named schema");
        }
        if (isMap(schema)) {
            return JavaType.map(nested(schema.get(VALUES)));
        }
        return switch (typeName(schema)) {
            case "string" -> text(schema, format);
            case "integer" -> format.equals("int32") ? JavaType.INT : JavaType.LONG;
            case "number" -> format.equals("decimal") ? JavaType.DECIMAL : JavaType.DOUBLE;
            case "boolean" -> JavaType.BOOLEAN;
            case "array" -> JavaType.list(nested(schema.need("items")));
            case "object" -> free(schema);
            case "" -> throw schema.problem("has no type; a free value is marked with " + ANY);
            // The check of the dialect refuses an unknown type.
            default -> JavaType.ANY;
        };
    }

    /**
     * Returns the type of a string, which depends on its format unless it is marked to stay a text. A duration stays a text: it may have years and months, which no type of the JDK
     * holds together with hours, and {@code P1D} would be written as {@code PT24H}.
     */
    private static JavaType text(Element schema, String format) {
        if (schema.flag(TEXT)) {
            return JavaType.TEXT;
        }
        return switch (format) {
            case "date-time" -> JavaType.TIME;
            case "date" -> JavaType.DATE;
            case "uuid" -> JavaType.UUID;
            case "byte" -> JavaType.BYTES;
            default -> schema.text("contentEncoding", "").equals("base64") ? JavaType.BYTES : JavaType.TEXT;
        };
    }

    private static JavaType free(Element schema) {
        JsonNode values = schema.get(VALUES).node();
        if (!schema.get("properties").node().isEmpty() || values.isBoolean() && !values.booleanValue()) {
            throw schema.problem("an object must be a named schema");
        }
        return JavaType.map(JavaType.ANY);
    }

    /** Returns the type of elements or values. A named list or map can contain itself, which Java cannot express. */
    private JavaType nested(Element schema) {
        if (within.contains(schema.place())) {
            throw schema.problem("is a list or a map that contains itself without an object in between, so it has no"
                    + " Java type; mark a free value with " + ANY);
        }
        within.add(schema.place());
        try {
            return type(schema);
        } finally {
            within.remove(schema.place());
        }
    }

    private JavaType named(Element reference, String name) {
        Element schema = byName.getOrDefault(name, reference.followed());
        if (isCollection(schema)) {
            throw reference.problem("a collection can only be the response of an operation");
        }
        if (isEnum(schema)) {
            return new JavaType(
                    isTextEnum(schema) ? JavaType.Form.ENUM : JavaType.Form.NUMBER_ENUM, className(name), null);
        }
        if (isUnion(schema) || isObject(schema)) {
            return new JavaType(JavaType.Form.OBJECT, className(name), null);
        }
        return type(schema);
    }

    /** Returns the type besides null, or an empty string if the schema has none. */
    public static String typeName(Element schema) {
        Element type = schema.get("type");
        if (!type.exists()) {
            return schema.has("properties") ? "object" : "";
        }
        List<String> names = type.node().isArray() ? type.texts() : List.of(type.text());
        List<String> others =
                names.stream().filter(name -> !name.equals("null")).toList();
        if (others.size() != 1) {
            throw type.problem("more than one type: " + String.join(", ", names) + "; mark a free value with " + ANY);
        }
        return others.get(0);
    }

    private static List<Element> nonNull(List<Element> choices) {
        return choices.stream()
                .filter(choice -> !choice.get("type").node().asText().equals("null"))
                .toList();
    }
}
