package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The named schemas of a description and their Java types. */
public final class Schemas {

    private static final String COLLECTION = "x-defender-collection";
    private static final String ANY = "x-defender-any";
    private static final Set<String> SCHEMA_EXTENSIONS = Set.of(
            ANY,
            GivenName.KEY,
            ConstantNames.KEY,
            "x-defender-case",
            COLLECTION,
            "x-defender-documented",
            "x-defender-final",
            "x-defender-legacy",
            "x-defender-open",
            "x-defender-patch");
    private static final Set<String> MEMBER_EXTENSIONS = Set.of(
            ANY,
            GivenName.KEY,
            "x-defender-alias",
            "x-defender-documented",
            "x-defender-secret",
            "x-defender-spellings");

    private final Map<String, Element> byName;
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

    public static boolean isEnum(Element schema) {
        return schema.has("enum");
    }

    public static boolean isObject(Element schema) {
        return typeName(schema).equals("object") && !isCollection(schema) && !isUnion(schema);
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
        return type(schema);
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
        return switch (typeName(schema)) {
            case "string" -> format.equals("date-time") ? JavaType.TIME : JavaType.TEXT;
            case "integer" -> format.equals("int32") ? JavaType.INT : JavaType.LONG;
            case "number" -> JavaType.DOUBLE;
            case "boolean" -> JavaType.BOOLEAN;
            case "array" -> list(schema);
            case "object" -> throw schema.problem("an object must be a named schema");
            case "" -> throw schema.problem("has no type; a free value is marked with " + ANY);
            // The check of the dialect refuses an unknown type.
            default -> JavaType.ANY;
        };
    }

    private JavaType list(Element schema) {
        JavaType element = type(schema.need("items"));
        if (element.isList()) {
            throw schema.problem("a list of lists is not supported");
        }
        return JavaType.list(element);
    }

    private JavaType named(Element reference, String name) {
        Element schema = byName.getOrDefault(name, reference.followed());
        if (isCollection(schema)) {
            throw reference.problem("a collection can only be the response of an operation");
        }
        if (isEnum(schema)) {
            return new JavaType(JavaType.Form.ENUM, className(name), null);
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
