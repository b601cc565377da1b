package io.github.defenderreactive.codegen.internal.java;

import org.jspecify.annotations.Nullable;

/**
 * The Java type of a member, a parameter or a response, with the code that reads and writes its values.
 *
 * @param form the kind of type
 * @param name the type in Java source
 * @param element the type of the elements of a list, or null if the type is not a list
 */
public record JavaType(Form form, String name, @Nullable JavaType element) {

    public enum Form {
        TEXT,
        TIME,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        ANY,
        ENUM,
        OBJECT,
        LIST
    }

    public static final JavaType TEXT = new JavaType(Form.TEXT, "String", null);
    public static final JavaType TIME = new JavaType(Form.TIME, "Instant", null);
    public static final JavaType INT = new JavaType(Form.INT, "Integer", null);
    public static final JavaType LONG = new JavaType(Form.LONG, "Long", null);
    public static final JavaType DOUBLE = new JavaType(Form.DOUBLE, "Double", null);
    public static final JavaType BOOLEAN = new JavaType(Form.BOOLEAN, "Boolean", null);
    public static final JavaType ANY = new JavaType(Form.ANY, "JsonValue", null);

    public static JavaType list(JavaType element) {
        return new JavaType(Form.LIST, "List<" + element.name() + ">", element);
    }

    public boolean isList() {
        return form == Form.LIST;
    }

    /** Returns the type of the innermost values. */
    public JavaType scalar() {
        return element == null ? this : element;
    }

    /** Returns the name for a value that is always present. */
    public String primitive() {
        return switch (form) {
            case INT -> "int";
            case LONG -> "long";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            default -> name;
        };
    }

    /** Returns code that reads a value, and null for a null and for a value of another type. */
    public String lenientRead(String in) {
        return switch (form) {
            case TEXT -> in + ".stringOrNull()";
            case TIME -> in + ".instantOrNull()";
            case INT -> in + ".intOrNull()";
            case LONG -> in + ".longOrNull()";
            case DOUBLE -> in + ".doubleOrNull()";
            case BOOLEAN -> in + ".booleanOrNull()";
            case ANY -> in + ".nextNull() ? null : " + in + ".readValue()";
            case ENUM -> in + ".textOrNull(" + name + "::of)";
            case OBJECT -> in + ".objectOrNull(" + name + "::read)";
            case LIST -> in + ".listOrNull(" + scalar().elementDecoder() + ")";
        };
    }

    private String elementDecoder() {
        return switch (form) {
            case TEXT -> "JsonReader::stringOrNull";
            case TIME -> "JsonReader::instantOrNull";
            case INT -> "JsonReader::intOrNull";
            case LONG -> "JsonReader::longOrNull";
            case DOUBLE -> "JsonReader::doubleOrNull";
            case BOOLEAN -> "JsonReader::booleanOrNull";
            case ANY -> "JsonReader::readValue";
            default -> "element -> " + lenientRead("element");
        };
    }

    /** Returns code for a decoder of a complete response, which fails on a value of another type. */
    public String strictDecoder() {
        return switch (form) {
            case TEXT -> "JsonReader::readString";
            case TIME -> "JsonReader::readInstant";
            case INT -> "JsonReader::readInt";
            case LONG -> "JsonReader::readLong";
            case DOUBLE -> "JsonReader::readDouble";
            case BOOLEAN -> "JsonReader::readBoolean";
            case ANY -> "JsonReader::readValue";
            case ENUM -> "in -> " + name + ".of(in.readString())";
            default -> name + "::read";
        };
    }

    /** Returns code that writes a value after {@code out.name(...)}. */
    public String write(String value) {
        return switch (form) {
            case TEXT -> ".string(" + value + ")";
            case TIME -> ".instant(" + value + ")";
            case INT, LONG, DOUBLE -> ".number(" + value + ")";
            case BOOLEAN -> ".bool(" + value + ")";
            case ENUM -> ".string(" + value + ".value())";
            case ANY, OBJECT -> ".value(" + value + ")";
            case LIST -> ".list(" + value + ", " + scalar().elementWriter() + ")";
        };
    }

    private String elementWriter() {
        return switch (form) {
            case ANY, OBJECT -> "JsonWriter::value";
            case TEXT -> "JsonWriter::string";
            case TIME -> "JsonWriter::instant";
            default -> "(array, element) -> array" + write("element");
        };
    }

    /** Returns code for the value in the form that a plain Jackson mapper writes. */
    public String plain(String value) {
        return switch (form) {
            case TIME -> "JsonWriter.text(" + value + ")";
            case ENUM -> value + ".value()";
            case LIST ->
                switch (scalar().form()) {
                    case TIME -> value + ".stream().map(JsonWriter::text).toList()";
                    case ENUM -> value + ".stream().map(" + scalar().name() + "::value).toList()";
                    default -> value;
                };
            default -> value;
        };
    }

    /** Returns code for the value without unknown members, or null for a type without members. */
    @Nullable
    public String known(String value) {
        return switch (form) {
            case OBJECT -> value + ".withoutUnknownMembers()";
            case LIST ->
                scalar().form() == Form.OBJECT
                        ? value + ".stream().map(" + scalar().name() + "::withoutUnknownMembers).toList()"
                        : null;
            default -> null;
        };
    }

    /** Returns code for the value as an argument of a path or a query. */
    public String argument(String value) {
        return switch (form) {
            case TEXT -> value;
            case TIME -> "JsonWriter.text(" + value + ")";
            case ENUM -> value + ".value()";
            case LIST ->
                switch (scalar().form()) {
                    case TEXT -> "String.join(\",\", " + value + ")";
                    case ENUM ->
                        value + ".stream().map(" + scalar().name() + "::value).collect(Collectors.joining(\",\"))";
                    default ->
                        value + ".stream().map(element -> " + scalar().argument("element")
                                + ").collect(Collectors.joining(\",\"))";
                };
            case DOUBLE -> "BigDecimal.valueOf(" + value + ").toPlainString()";
            default -> "String.valueOf(" + value + ")";
        };
    }
}
