package io.github.defenderreactive.client.export;

import java.util.List;

/**
 * The progress of an export since its subscription.
 *
 * @param files the number of files of the export
 * @param completedFiles the number of files that were read to their end, including those that the checkpoint contains
 * @param bytes the number of received bytes after decompression, including those that were read again
 * @param records the number of emitted records
 * @param unreadableLines the number of lines that were reported instead of emitted
 * @param linkRequests the number of times that links were requested
 * @param emptyFiles the files without a byte, which the storage still returned after the links were renewed
 * @since 0.1.0
 */
public record ExportProgress(
        int files,
        int completedFiles,
        long bytes,
        long records,
        long unreadableLines,
        int linkRequests,
        List<String> emptyFiles) {

    /**
     * Creates a progress.
     *
     * @param files the number of files of the export
     * @param completedFiles the number of files that were read to their end
     * @param bytes the number of received bytes after decompression
     * @param records the number of emitted records
     * @param unreadableLines the number of lines that were reported instead of emitted
     * @param linkRequests the number of times that links were requested
     * @param emptyFiles the files without a byte; copied
     */
    public ExportProgress {
        emptyFiles = List.copyOf(emptyFiles);
    }
}
