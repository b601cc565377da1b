package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.error.DecodeException;
import java.util.Objects;

/**
 * A line of a file that is not a record.
 *
 * @param file the path of the file in the storage, without host and signature
 * @param line number of the line in the file, from 1
 * @param failure the reason
 * @since 0.1.0
 */
public record UnreadableLine(String file, long line, DecodeException failure) {

    /**
     * Creates a report.
     *
     * @param file the path of the file in the storage, without host and signature
     * @param line number of the line in the file, from 1
     * @param failure the reason
     */
    public UnreadableLine {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(failure, "failure");
    }
}
