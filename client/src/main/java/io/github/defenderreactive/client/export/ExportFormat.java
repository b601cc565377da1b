package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.FileExport;

/**
 * The formats of exports on disk. Both are UTF-8.
 *
 * @since 0.1.0
 */
public enum ExportFormat {

    /**
     * One JSON record per line, in wire form with all members, including those that the description does not contain.
     */
    NDJSON("ndjson") {
        @Override
        <T extends JsonEncodable> RecordEncoder<T> encoder(FileExport<T> export) {
            return new NdjsonEncoder<>();
        }
    },

    /**
     * Comma-separated values according to RFC 4180, with a line of names. The columns are the members of the
     * description in its order; other members are left out. A list or an object is written as JSON, a member that is
     * missing or null as an empty field. A text that a spreadsheet would evaluate as a formula gets an apostrophe in
     * front.
     */
    CSV("csv") {
        @Override
        <T extends JsonEncodable> RecordEncoder<T> encoder(FileExport<T> export) {
            return new CsvEncoder<>(export.columns());
        }
    };

    private final String extension;

    ExportFormat(String extension) {
        this.extension = extension;
    }

    /** Returns the extension of names of files, without the dot. */
    String extension() {
        return extension;
    }

    /** Returns a new encoder for one thread at a time. */
    abstract <T extends JsonEncodable> RecordEncoder<T> encoder(FileExport<T> export);
}
