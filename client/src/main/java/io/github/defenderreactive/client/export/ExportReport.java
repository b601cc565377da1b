package io.github.defenderreactive.client.export;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of an export to disk.
 *
 * @param files the written files, in the order of their names
 * @param records the number of written records, including those that were written before the export was resumed
 * @param progress the last progress of this run, with its empty files and unreadable lines
 * @since 0.1.0
 */
public record ExportReport(List<Path> files, long records, ExportProgress progress) {

    /**
     * Creates a report.
     *
     * @param files the written files; copied
     * @param records the number of written records
     * @param progress the last progress
     */
    public ExportReport {
        files = List.copyOf(files);
    }
}
