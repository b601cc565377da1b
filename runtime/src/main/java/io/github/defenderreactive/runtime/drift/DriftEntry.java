package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.List;

/**
 * A difference between the responses of an operation and the API description. Contains no values, except texts of enums
 * that look like identifiers.
 *
 * @param api the API of the operation
 * @param operation the id of the operation
 * @param kind the kind of the difference
 * @param schema the simple name of the generated class, which is the name of the schema in the API description: the
 *     owner of the member, or the enum
 * @param path the path below an item of the response by the names of accessors, for example
 *     {@code evidence[].riskScore}; {@code []} is an element of a list, {@code {}} a value of a map
 * @param member the name of the member in the response, or of the accessor if it was never received; {@code ?} for
 *     names that may be data: those that are not like identifiers, and those of an object with hundreds of them
 * @param count the number of times it was received; for {@link Kind#NEVER_RECEIVED}, the number of objects without it
 * @param types the types that were received, in the order of their declaration; empty for an enum
 * @param elementTypes the types of the elements of received lists; empty if there was none
 * @param values the unknown texts of an enum that look like identifiers, sorted; at most 20
 * @since 0.1.0
 */
public record DriftEntry(
        String api,
        String operation,
        Kind kind,
        String schema,
        String path,
        String member,
        long count,
        List<DriftType> types,
        List<DriftType> elementTypes,
        List<String> values)
        implements JsonEncodable {

    /**
     * Copies the lists.
     *
     * @param api the API of the operation
     * @param operation the id of the operation
     * @param kind the kind of the difference
     * @param schema the name of the schema
     * @param path the path below an item
     * @param member the name of the member
     * @param count the number of times it was received
     * @param types the types that were received
     * @param elementTypes the types of the elements of received lists
     * @param values the unknown texts of an enum
     */
    public DriftEntry {
        types = List.copyOf(types);
        elementTypes = List.copyOf(elementTypes);
        values = List.copyOf(values);
    }

    /**
     * The kind of a difference.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** A member that the schema does not contain. */
        UNKNOWN_MEMBER("unknown member"),
        /** A member whose value does not have its documented type. */
        OTHER_TYPE("other type"),
        /** A value that the enum does not contain. */
        UNKNOWN_VALUE("unknown value"),
        /** An object of a kind that the schema does not contain. */
        UNKNOWN_CASE("unknown case"),
        /** A member of the schema for which no object contained a value; null is not a value. */
        NEVER_RECEIVED("never received");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * Returns the name of the kind in reports.
         *
         * @return the name, for example {@code unknown member}
         */
        public String label() {
            return label;
        }
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        out.name("api").string(api);
        out.name("operation").string(operation);
        out.name("kind").string(kind.label());
        out.name("schema").string(schema);
        out.name("path").string(path);
        out.name("member").string(member);
        out.name("count").number(count);
        texts(out, "types", types.stream().map(DriftType::label).toList());
        texts(out, "elementTypes", elementTypes.stream().map(DriftType::label).toList());
        texts(out, "values", values);
        out.endObject();
    }

    private static void texts(JsonWriter out, String name, List<String> texts) {
        out.name(name).beginArray();
        texts.forEach(out::string);
        out.endArray();
    }
}
