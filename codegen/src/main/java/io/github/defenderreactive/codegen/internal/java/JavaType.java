package io.github.defenderreactive.codegen.internal.java;

import org.jspecify.annotations.Nullable;

/**
 * The Java type of a member, a parameter or a response, with the code that reads and writes its values.
 *
 * @param form the kind of type
 * @param name the type in Java source
 * @param element the type of the elements of a list or of the values of a map, or null for another type
 */
public record JavaType(Form form, String name, @Nullable JavaType element) {

    public enum Form {
        TEXT,
        TIME,
        DATE,
        UUID,
        BYTES,
        INT,
        LONG,
        DOUBLE,
        DECIMAL,
        BOOLEAN,
        ANY,
        ENUM,
        NUMBER_ENUM,
        OBJECT,
        LIST,
        MAP
    }

    public static final JavaType TEXT = new JavaType(Form.TEXT, "String", null);
    public static final JavaType TIME = new JavaType(Form.TIME, "Instant", null);
    public static final JavaType DATE = new JavaType(Form.DATE, "LocalDate", null);
    public static final JavaType UUID = new JavaType(Form.UUID, "UUID", null);
    public static final JavaType BYTES = new JavaType(Form.BYTES, "ByteString", null);
    /** The bytes of a response that are not a member. */
    public static final JavaType BUFFER = new JavaType(Form.BYTES, "ByteBuffer", null);
    /** The bytes of a request that are not a member. */
    public static final JavaType FILE = new JavaType(Form.BYTES, "FileContent", null);

    public static final JavaType INT = new JavaType(Form.INT, "Integer", null);
    public static final JavaType LONG = new JavaType(Form.LONG, "Long", null);
    public static final JavaType DOUBLE = new JavaType(Form.DOUBLE, "Double", null);
    public static final JavaType DECIMAL = new JavaType(Form.DECIMAL, "BigDecimal", null);
    public static final JavaType BOOLEAN = new JavaType(Form.BOOLEAN, "Boolean", null);
    public static final JavaType ANY = new JavaType(Form.ANY, "JsonValue", null);

    public static JavaType list(JavaType element) {
        return new JavaType(Form.LIST, "List<" + element.name() + ">", element);
    }

    public static JavaType map(JavaType value) {
        return new JavaType(Form.MAP, "Map<String, " + value.name() + ">", value);
    }

    public boolean isList() {
        return form == Form.LIST;
    }

    public boolean isMap() {
        return form == Form.MAP;
    }

    /** Returns whether the type is a list or a map, which has an empty value in place of null. */
    public boolean isContainer() {
        return element != null;
    }

    /** Returns the code of the empty value of a container. */
    public String empty() {
        return isMap() ? "Map.of()" : "List.of()";
    }

    /** Returns the type of the innermost values. */
    public JavaType scalar() {
        return element == null ? this : element.scalar();
    }

    private int depth() {
        return element == null ? 0 : 1 + element.depth();
    }

    /** Returns a name for an element that differs from those of the elements around it. */
    private String variable() {
        return depth() > 1 ? "element" + depth() : "element";
    }

    /** Returns the type of the elements of a list or of the values of a map, or this type if it is neither. */
    public JavaType inner() {
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
            case DATE -> in + ".dateOrNull()";
            case UUID -> in + ".uuidOrNull()";
            case BYTES -> in + ".bytesOrNull()";
            case INT -> in + ".intOrNull()";
            case LONG -> in + ".longOrNull()";
            case DOUBLE -> in + ".doubleOrNull()";
            case DECIMAL -> in + ".decimalOrNull()";
            case BOOLEAN -> in + ".booleanOrNull()";
            case ANY -> in + ".nextNull() ? null : " + in + ".readValue()";
            case ENUM -> in + ".textOrNull(" + name + "::of)";
            case NUMBER_ENUM -> in + ".wholeOrNull(" + name + "::of)";
            case OBJECT -> in + ".objectOrNull(" + name + "::read)";
            case LIST -> in + ".listOrNull(" + inner().elementDecoder(variable()) + ")";
            case MAP -> in + ".mapOrNull(" + inner().elementDecoder(variable()) + ")";
        };
    }

    private String elementDecoder(String variable) {
        return switch (form) {
            case TEXT -> "JsonReader::stringOrNull";
            case TIME -> "JsonReader::instantOrNull";
            case DATE -> "JsonReader::dateOrNull";
            case UUID -> "JsonReader::uuidOrNull";
            case BYTES -> "JsonReader::bytesOrNull";
            case INT -> "JsonReader::intOrNull";
            case LONG -> "JsonReader::longOrNull";
            case DOUBLE -> "JsonReader::doubleOrNull";
            case DECIMAL -> "JsonReader::decimalOrNull";
            case BOOLEAN -> "JsonReader::booleanOrNull";
            case ANY -> "JsonReader::readValue";
            default -> variable + " -> " + lenientRead(variable);
        };
    }

    /** Returns code for a decoder of a complete response, which fails on a value of another type. */
    public String strictDecoder() {
        return strictDecoder("in");
    }

    private String strictDecoder(String in) {
        return switch (form) {
            case TEXT -> "JsonReader::readString";
            case TIME -> "JsonReader::readInstant";
            case DATE -> "JsonReader::readDate";
            case UUID -> "JsonReader::readUuid";
            case BYTES -> "JsonReader::readBytes";
            case INT -> "JsonReader::readInt";
            case LONG -> "JsonReader::readLong";
            case DOUBLE -> "JsonReader::readDouble";
            case DECIMAL -> "JsonReader::readDecimal";
            case BOOLEAN -> "JsonReader::readBoolean";
            case ANY -> "JsonReader::readValue";
            case ENUM -> in + " -> " + name + ".of(" + in + ".readString())";
            case NUMBER_ENUM -> in + " -> " + name + ".of(" + in + ".readLong())";
            case OBJECT -> name + "::read";
            case LIST -> in + " -> " + in + ".readList(" + inner().strictDecoder(variable()) + ")";
            case MAP -> in + " -> " + in + ".readMap(" + inner().strictDecoder(variable()) + ")";
        };
    }

    /** Returns code that writes a value after {@code out.name(...)}. */
    public String write(String value) {
        return switch (form) {
            case TEXT -> ".string(" + value + ")";
            case TIME -> ".instant(" + value + ")";
            case DATE, UUID, BYTES -> ".string(" + value + ".toString())";
            case INT, LONG, DOUBLE, DECIMAL -> ".number(" + value + ")";
            case BOOLEAN -> ".bool(" + value + ")";
            case ENUM -> ".string(" + value + ".value())";
            case NUMBER_ENUM -> ".number(" + value + ".value())";
            case ANY, OBJECT -> ".value(" + value + ")";
            case LIST -> ".list(" + value + ", " + elementWriter() + ")";
            case MAP -> ".map(" + value + ", " + elementWriter() + ")";
        };
    }

    private String elementWriter() {
        String out = depth() > 1 ? "array" + depth() : "array";
        return switch (inner().form()) {
            case ANY, OBJECT -> "JsonWriter::value";
            case TEXT -> "JsonWriter::string";
            case TIME -> "JsonWriter::instant";
            default -> "(" + out + ", " + variable() + ") -> " + out + inner().write(variable());
        };
    }

    /** Returns code for an unmodifiable copy of a list or a map. */
    public String copy(String value) {
        boolean nested = inner().isContainer();
        return switch (form) {
            case LIST -> nested ? converted(value, inner().copy(variable())) : "List.copyOf(" + value + ")";
            case MAP -> nested ? converted(value, inner().copy(variable())) : "Copies.map(" + value + ")";
            default -> value;
        };
    }

    /** Returns code for a copy with converted elements, which are named {@link #variable()} in the given code. */
    private String converted(String value, String code) {
        return (isMap() ? "Copies.map(" : "Copies.list(") + value + ", " + variable() + " -> " + code + ")";
    }

    /** Returns whether code for a copy, plain or known values uses the class that copies. */
    public boolean needsCopies() {
        return isContainer() && (isMap() || inner().isContainer());
    }

    /** Returns code for the value in the form that a plain Jackson mapper writes. */
    public String plain(String value) {
        return switch (form) {
            case TIME -> "JsonWriter.text(" + value + ")";
            case DATE, UUID, BYTES -> value + ".toString()";
            case ENUM, NUMBER_ENUM -> value + ".value()";
            case LIST, MAP -> plainElements(value);
            default -> value;
        };
    }

    private String plainElements(String value) {
        String code = inner().plain(variable());
        if (code.equals(variable())) {
            return value;
        }
        if (needsCopies()) {
            return converted(value, code);
        }
        return switch (inner().form()) {
            case TIME -> value + ".stream().map(JsonWriter::text).toList()";
            case DATE, UUID, BYTES -> value + ".stream().map(" + inner().name() + "::toString).toList()";
            default -> value + ".stream().map(" + inner().name() + "::value).toList()";
        };
    }

    /** Returns code for the value without unknown members, or null for a type without members. */
    @Nullable
    public String known(String value) {
        if (scalar().form() != Form.OBJECT) {
            return null;
        }
        if (form == Form.OBJECT) {
            return value + ".withoutUnknownMembers()";
        }
        return needsCopies()
                ? converted(value, String.valueOf(inner().known(variable())))
                : value + ".stream().map(" + scalar().name() + "::withoutUnknownMembers).toList()";
    }

    /** Returns code for the elements of a list as arguments of a query. */
    public String arguments(String value) {
        return inner().form() == Form.TEXT
                ? value
                : value + ".stream().map(element -> " + inner().argument("element") + ").toList()";
    }

    /** Returns whether code for the value as an argument joins texts by a collector. */
    public boolean isCollected() {
        return isList() && inner().form() != Form.TEXT;
    }

    /** Returns code for the value as an argument of a path or a query. */
    public String argument(String value) {
        return switch (form) {
            case TEXT -> value;
            case TIME -> "JsonWriter.text(" + value + ")";
            case ENUM -> value + ".value()";
            case LIST ->
                switch (inner().form()) {
                    case TEXT -> "String.join(\",\", " + value + ")";
                    case ENUM ->
                        value + ".stream().map(" + inner().name() + "::value).collect(Collectors.joining(\",\"))";
                    default ->
                        value + ".stream().map(element -> " + inner().argument("element")
                                + ").collect(Collectors.joining(\",\"))";
                };
            case NUMBER_ENUM -> "String.valueOf(" + value + ".value())";
            case DECIMAL -> value + ".toPlainString()";
            case DOUBLE -> "BigDecimal.valueOf(" + value + ").toPlainString()";
            default -> "String.valueOf(" + value + ")";
        };
    }
}
