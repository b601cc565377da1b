package io.github.defenderreactive.codegen.internal.java;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The imports of one generated file, added by simple name and sorted. */
public final class Imports {

    private static final String RUNTIME = "io.github.defenderreactive.runtime.";

    /** The types that generated code may use besides {@code java.lang} and generated types. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("ArrayList", "java.util.ArrayList"),
            Map.entry("BigDecimal", "java.math.BigDecimal"),
            Map.entry("ByteBuffer", "java.nio.ByteBuffer"),
            Map.entry("ByteString", RUNTIME + "value.ByteString"),
            Map.entry("Call", RUNTIME + "operation.Call"),
            Map.entry("Collections", "java.util.Collections"),
            Map.entry("Copies", RUNTIME + "value.Copies"),
            Map.entry("Collectors", "java.util.stream.Collectors"),
            Map.entry("DecimalField", RUNTIME + "odata.DecimalField"),
            Map.entry("DefenderException", RUNTIME + "error.DefenderException"),
            Map.entry("Duration", "java.time.Duration"),
            Map.entry("EnumField", RUNTIME + "odata.EnumField"),
            Map.entry("FileExport", RUNTIME + "operation.FileExport"),
            Map.entry("FileContent", RUNTIME + "operation.FileContent"),
            Map.entry("Filter", RUNTIME + "odata.Filter"),
            Map.entry("Flux", "reactor.core.publisher.Flux"),
            Map.entry("Instant", "java.time.Instant"),
            Map.entry("JsonDecoder", RUNTIME + "json.JsonDecoder"),
            Map.entry("JsonEncodable", RUNTIME + "json.JsonEncodable"),
            Map.entry("JsonNames", RUNTIME + "json.JsonNames"),
            Map.entry("JsonReader", RUNTIME + "json.JsonReader"),
            Map.entry("JsonToken", RUNTIME + "json.JsonToken"),
            Map.entry("JsonValue", RUNTIME + "json.JsonValue"),
            Map.entry("JsonWriter", RUNTIME + "json.JsonWriter"),
            Map.entry("LinkedHashMap", "java.util.LinkedHashMap"),
            Map.entry("LinkedHashSet", "java.util.LinkedHashSet"),
            Map.entry("List", "java.util.List"),
            Map.entry("LocalDate", "java.time.LocalDate"),
            Map.entry("Map", "java.util.Map"),
            Map.entry("Mono", "reactor.core.publisher.Mono"),
            Map.entry("NotFoundException", RUNTIME + "error.NotFoundException"),
            Map.entry("NullMarked", "org.jspecify.annotations.NullMarked"),
            Map.entry("Nullable", "org.jspecify.annotations.Nullable"),
            Map.entry("NumberField", RUNTIME + "odata.NumberField"),
            Map.entry("Objects", "java.util.Objects"),
            Map.entry("OpenEnum", RUNTIME + "json.OpenEnum"),
            Map.entry("OpenNumber", RUNTIME + "value.OpenNumber"),
            Map.entry("Operation", RUNTIME + "operation.Operation"),
            Map.entry("OperationInfo", RUNTIME + "operation.OperationInfo"),
            Map.entry("Optional", "java.util.Optional"),
            Map.entry("OutcomeUnknownException", RUNTIME + "error.OutcomeUnknownException"),
            Map.entry("Envelope", RUNTIME + "json.Envelope"),
            Map.entry("PagedFlux", RUNTIME + "paging.PagedFlux"),
            Map.entry("Paging", RUNTIME + "operation.Paging"),
            Map.entry("ParameterInfo", RUNTIME + "operation.ParameterInfo"),
            Map.entry("Permissions", RUNTIME + "operation.Permissions"),
            Map.entry("Pipeline", RUNTIME + "pipeline.Pipeline"),
            Map.entry("Quota", RUNTIME + "operation.Quota"),
            Map.entry("ReplaySafety", RUNTIME + "operation.ReplaySafety"),
            Map.entry("ResponseShape", RUNTIME + "operation.ResponseShape"),
            Map.entry("Set", "java.util.Set"),
            Map.entry("TextField", RUNTIME + "odata.TextField"),
            Map.entry("TimeField", RUNTIME + "odata.TimeField"),
            Map.entry("UUID", "java.util.UUID"),
            Map.entry("UnknownMembers", RUNTIME + "json.UnknownMembers"));

    private static final List<String> JAVA_LANG = List.of(
            "Boolean",
            "Deprecated",
            "Double",
            "IllegalArgumentException",
            "IllegalStateException",
            "Integer",
            "Long",
            "NullPointerException",
            "Object",
            "Override",
            "String",
            "Void");

    /** Nested classes of generated classes. */
    private static final Set<String> NESTED = Set.of("Builder", "Unknown");

    private final TreeSet<String> names = new TreeSet<>();

    /** Returns whether a generated class of that name would hide a type that generated code uses. */
    public static boolean taken(String simpleName) {
        return KNOWN.containsKey(simpleName) || JAVA_LANG.contains(simpleName) || NESTED.contains(simpleName);
    }

    public Imports add(String... simpleNames) {
        for (String name : simpleNames) {
            names.add(KNOWN.get(name));
        }
        return this;
    }

    /** Adds the imports of a type; generated types are in the given package. */
    public Imports type(JavaType type, String modelPackage) {
        for (JavaType outer = type; outer != null; outer = outer.element()) {
            if (outer.isContainer()) {
                add(outer.isMap() ? "Map" : "List");
            }
        }
        JavaType scalar = type.scalar();
        switch (scalar.form()) {
            case TIME -> add("Instant");
            case DATE, UUID, BYTES, DECIMAL -> add(scalar.name());
            case ANY -> add("JsonValue");
            case ENUM, NUMBER_ENUM, OBJECT -> generated(modelPackage, scalar.name());
            default -> {}
        }
        return this;
    }

    /** Adds the imports of code for an argument of that type. */
    public Imports argument(JavaType type) {
        JavaType scalar = type.scalar();
        if (scalar.form() == JavaType.Form.TIME) {
            add("JsonWriter");
        }
        if (scalar.form() == JavaType.Form.DOUBLE) {
            add("BigDecimal");
        }
        return this;
    }

    public Imports generated(String fromPackage, String name) {
        names.add(fromPackage + "." + name);
        return this;
    }

    /** Returns the imports without those of the package itself. */
    public List<String> sorted(String ownPackage) {
        return names.stream()
                .filter(name -> !name.substring(0, name.lastIndexOf('.')).equals(ownPackage))
                .toList();
    }
}
