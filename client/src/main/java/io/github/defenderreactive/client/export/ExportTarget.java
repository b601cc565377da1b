package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The destination of an export on disk, with its format. Immutable: every method returns a new target.
 *
 * @since 0.1.0
 */
public final class ExportTarget {

    private final Path place;
    private final boolean directory;
    private final ExportFormat format;
    private final boolean compressed;
    private final @Nullable Path state;

    private ExportTarget(Path place, boolean directory, ExportFormat format, boolean compressed, @Nullable Path state) {
        this.place = Objects.requireNonNull(place, "place");
        this.directory = directory;
        this.format = Objects.requireNonNull(format, "format");
        this.compressed = compressed;
        this.state = state;
    }

    /**
     * Returns a target that is one file. Its records are in the order of the files of the export, which are downloaded
     * one after the other. The records are written to a temporary file in the same directory, which replaces the file
     * when it is complete.
     *
     * @param file the file, in an existing directory; an existing file is replaced
     * @return the target, in NDJSON without compression
     */
    public static ExportTarget file(Path file) {
        return new ExportTarget(file, false, ExportFormat.NDJSON, false, null);
    }

    /**
     * Returns a target with one file for each file of the export, several of which are downloaded at the same time.
     * Their names consist of the name of the export and a number, such as {@code vulnerabilities-00001.ndjson}. Each
     * appears when it is complete.
     *
     * @param directory the directory; created if its parent exists. Other files in it stay unchanged, including
     *     those of an earlier export that had more files
     * @return the target, in NDJSON without compression
     */
    public static ExportTarget directory(Path directory) {
        return new ExportTarget(directory, true, ExportFormat.NDJSON, false, null);
    }

    /**
     * Sets the format.
     *
     * @param value the format; default {@link ExportFormat#NDJSON}
     * @return the target with this format
     */
    public ExportTarget format(ExportFormat value) {
        return new ExportTarget(place, directory, value, compressed, state);
    }

    /**
     * Compresses the files with gzip, in members of 10,240 records.
     *
     * @return the target with compression
     */
    public ExportTarget gzip() {
        return new ExportTarget(place, directory, format, true, state);
    }

    /**
     * Keeps the progress in a file, so that an interrupted export can continue. If the file exists, the export
     * continues there; the result has the same bytes as one that was not interrupted. The file is deleted when the
     * export is complete.
     *
     * <p>The progress is stored every 10,240 records, or after each complete file of a directory. Until then the
     * records are in a file beside the target, whose name ends in {@code .part}. Use a progress file for one export at
     * a time. An export continues only while the service has the same snapshot, about six hours; it fails with {@link
     * ExportException} afterwards, and starts again when the progress file is deleted.
     *
     * @param file the progress file, in an existing directory
     * @return the target with progress
     */
    public ExportTarget resume(Path file) {
        return new ExportTarget(place, directory, format, compressed, Objects.requireNonNull(file, "file"));
    }

    Path place() {
        return place;
    }

    ExportFormat format() {
        return format;
    }

    boolean compressed() {
        return compressed;
    }

    @Nullable
    Path state() {
        return state;
    }

    /** Returns the extension of names of files, with the dot. */
    String extension() {
        return "." + format.extension() + (compressed ? ".gz" : "");
    }

    <T extends JsonEncodable> Mono<ExportReport> write(ExportSource<T> source, ExportOptions options) {
        return directory
                ? new DirectoryWrite<>(source, options, this).report()
                : new FileWrite<>(source, options, this).report();
    }
}
