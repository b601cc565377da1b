package io.github.defenderreactive.codegen.internal.bundle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of OpenAPI objects that can be referenced or contain references, and the keys under which they contain
 * them. The kind distinguishes names from keywords: a property may be called {@code $ref}, and an example may contain
 * one.
 */
enum Kind {
    PATH_ITEM(null),
    OPERATION(null),
    PARAMETER("parameters"),
    HEADER("headers"),
    REQUEST_BODY("requestBodies"),
    RESPONSE("responses"),
    MEDIA_TYPE(null),
    EXAMPLE("examples"),
    SCHEMA("schemas");

    /** The structure of the value of a key. */
    enum Form {
        /** The value itself. */
        ONE,
        /** Elements of an array. */
        LIST,
        /** Values of a map. */
        MAP
    }

    /** The objects under a key. */
    record Child(Form form, Kind kind) {}

    private static final Map<String, Child> PATH_ITEM_CHILDREN = Map.of(
            "get", one(OPERATION),
            "put", one(OPERATION),
            "post", one(OPERATION),
            "delete", one(OPERATION),
            "options", one(OPERATION),
            "head", one(OPERATION),
            "patch", one(OPERATION),
            "trace", one(OPERATION),
            "parameters", list(PARAMETER));
    private static final Map<String, Child> OPERATION_CHILDREN =
            Map.of("parameters", list(PARAMETER), "requestBody", one(REQUEST_BODY), "responses", map(RESPONSE));
    private static final Map<String, Child> PARAMETER_CHILDREN =
            Map.of("schema", one(SCHEMA), "content", map(MEDIA_TYPE), "examples", map(EXAMPLE));
    private static final Map<String, Child> BODY_CHILDREN = Map.of("content", map(MEDIA_TYPE), "headers", map(HEADER));
    private static final Map<String, Child> MEDIA_TYPE_CHILDREN =
            Map.of("schema", one(SCHEMA), "examples", map(EXAMPLE));
    private static final Map<String, Child> SCHEMA_CHILDREN = Map.ofEntries(
            Map.entry("properties", map(SCHEMA)),
            Map.entry("patternProperties", map(SCHEMA)),
            Map.entry("additionalProperties", one(SCHEMA)),
            Map.entry("unevaluatedProperties", one(SCHEMA)),
            Map.entry("unevaluatedItems", one(SCHEMA)),
            Map.entry("dependentSchemas", map(SCHEMA)),
            Map.entry("$defs", map(SCHEMA)),
            Map.entry("contentSchema", one(SCHEMA)),
            Map.entry("if", one(SCHEMA)),
            Map.entry("then", one(SCHEMA)),
            Map.entry("else", one(SCHEMA)),
            Map.entry("propertyNames", one(SCHEMA)),
            Map.entry("items", one(SCHEMA)),
            Map.entry("prefixItems", list(SCHEMA)),
            Map.entry("contains", one(SCHEMA)),
            Map.entry("not", one(SCHEMA)),
            Map.entry("oneOf", list(SCHEMA)),
            Map.entry("anyOf", list(SCHEMA)),
            Map.entry("allOf", list(SCHEMA)));

    private final @Nullable String section;

    Kind(@Nullable String section) {
        this.section = section;
    }

    /** Returns the section of {@code components} for objects of this kind; path items are inlined instead. */
    @Nullable
    String section() {
        return section;
    }

    /**
     * Returns the kind of the objects of a section of {@code components}, or null for a section that is copied
     * unchanged.
     */
    static @Nullable Kind ofSection(String section) {
        for (Kind kind : values()) {
            if (section.equals(kind.section())) {
                return kind;
            }
        }
        return null;
    }

    @Nullable
    Child child(String key) {
        Map<String, Child> children = switch (this) {
            case PATH_ITEM -> PATH_ITEM_CHILDREN;
            case OPERATION -> OPERATION_CHILDREN;
            case PARAMETER, HEADER -> PARAMETER_CHILDREN;
            case REQUEST_BODY, RESPONSE -> BODY_CHILDREN;
            case MEDIA_TYPE -> MEDIA_TYPE_CHILDREN;
            case SCHEMA -> SCHEMA_CHILDREN;
            case EXAMPLE -> Map.of();
        };
        return children.get(key);
    }

    private static Child one(Kind kind) {
        return new Child(Form.ONE, kind);
    }

    private static Child list(Kind kind) {
        return new Child(Form.LIST, kind);
    }

    private static Child map(Kind kind) {
        return new Child(Form.MAP, kind);
    }
}
