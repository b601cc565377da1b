package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.util.List;
import java.util.Objects;

/**
 * An export as files: an operation whose response links to files in gzip, with one JSON record per line. Generated, one
 * constant for each such operation.
 *
 * @param <T> type of the records
 * @param name name of the export, in lower camel case
 * @param operation the operation that returns the links
 * @param decoder reads one record
 * @param columns the members of a record, in the order of the description
 * @since 0.1.0
 */
public record FileExport<T extends JsonEncodable>(
        String name, OperationInfo operation, JsonDecoder<T> decoder, List<Column> columns) {

    /**
     * Creates an export.
     *
     * @param name name of the export, in lower camel case
     * @param operation the operation that returns the links
     * @param decoder reads one record
     * @param columns the members of a record; copied
     */
    public FileExport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(decoder, "decoder");
        columns = List.copyOf(columns);
    }

    /**
     * A member of a record.
     *
     * @param name the name in the description
     * @param spellings the names under which the service sends it, {@code name} first
     * @since 0.1.0
     */
    public record Column(String name, List<String> spellings) {

        /**
         * Creates a column.
         *
         * @param name the name in the description
         * @param spellings the names under which the service sends it; copied
         */
        public Column {
            Objects.requireNonNull(name, "name");
            spellings = List.copyOf(spellings);
        }
    }

    /**
     * Creates a column.
     *
     * @param spellings the names under which the service sends a member, that of the description first
     * @return the column
     */
    public static Column column(String... spellings) {
        return new Column(spellings[0], List.of(spellings));
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return "FileExport[" + name + "]";
    }
}
