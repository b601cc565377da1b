package io.github.defenderreactive.client.export;

import java.util.Objects;

/**
 * A record of an export with its place. A place is the same in every read of one snapshot, so a consumer that received
 * some records twice after a restart recognises them by file and line.
 *
 * @param <T> type of the record
 * @param file the path of the file in the storage, without host and signature
 * @param line number of the line in the file, from 1
 * @param last whether no record of the file follows
 * @param record the record
 * @since 0.1.0
 */
public record Placed<T>(String file, long line, boolean last, T record) {

    /**
     * Creates a record with its place.
     *
     * @param file the path of the file in the storage, without host and signature
     * @param line number of the line in the file, from 1
     * @param last whether no record of the file follows
     * @param record the record
     */
    public Placed {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(record, "record");
    }

    Placed<T> asLast() {
        return new Placed<>(file, line, true, record);
    }
}
