package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The position of a consumer in an export: the files that it has processed completely, and the last line of each file
 * that it has processed in part. It belongs to one snapshot of the service and contains no link.
 *
 * <p>Create the next checkpoint with {@link #after} for each processed record, in the order in which the records of a
 * file were emitted, and store its text together with the results. The read that {@link ExportFlux#startAt} returns
 * then emits all records that are not contained in the checkpoint, each once. Immutable.
 *
 * @since 0.1.0
 */
public final class ExportCheckpoint {

    private static final int VERSION = 1;
    private static final ExportCheckpoint START = new ExportCheckpoint(Collections.emptyNavigableSet(), Map.of());

    private final NavigableSet<String> completed;
    private final Map<String, Long> open;

    private ExportCheckpoint(NavigableSet<String> completed, Map<String, Long> open) {
        this.completed = completed;
        this.open = open;
    }

    /**
     * Returns the checkpoint of a consumer that has processed nothing.
     *
     * @return the start
     */
    public static ExportCheckpoint start() {
        return START;
    }

    /**
     * Reads a checkpoint from its text.
     *
     * @param text the text that {@link #toString()} returned
     * @return the checkpoint
     * @throws IllegalArgumentException if it is not the text of a checkpoint, or is one of a later version
     */
    public static ExportCheckpoint parse(String text) {
        try {
            JsonReader in = JsonReader.of(text);
            ExportCheckpoint checkpoint = read(in);
            in.end();
            return checkpoint;
        } catch (JsonException e) {
            throw new IllegalArgumentException("text must be a checkpoint of an export: " + e.getMessage(), e);
        }
    }

    static ExportCheckpoint read(JsonReader in) {
        Long version = null;
        NavigableSet<String> completed = new TreeSet<>();
        Map<String, Long> open = new TreeMap<>();
        in.beginObject();
        while (in.nextMember()) {
            switch (in.name()) {
                case "version" -> version = in.readLong();
                case "completed" -> {
                    in.beginArray();
                    while (in.nextElement()) {
                        completed.add(in.readString());
                    }
                }
                case "open" -> {
                    in.beginObject();
                    while (in.nextMember()) {
                        open.put(in.name(), in.readLong());
                    }
                }
                default -> in.skipValue();
            }
        }
        if (version == null || version != VERSION) {
            throw new IllegalArgumentException("version of the checkpoint must be " + VERSION + ", was " + version);
        }
        return new ExportCheckpoint(completed, open);
    }

    /**
     * Returns the checkpoint after a record was processed. If the record is the last one of its file, the file counts
     * as completed.
     *
     * @param record the record
     * @return the next checkpoint
     */
    public ExportCheckpoint after(Placed<?> record) {
        Map<String, Long> next = new LinkedHashMap<>(open);
        if (!record.last()) {
            next.put(record.file(), record.line());
            return new ExportCheckpoint(completed, next);
        }
        next.remove(record.file());
        return new ExportCheckpoint(with(record.file()), next);
    }

    /** Returns the checkpoint after a file was processed completely. */
    ExportCheckpoint afterFile(String file) {
        Map<String, Long> next = new LinkedHashMap<>(open);
        next.remove(file);
        return new ExportCheckpoint(with(file), next);
    }

    private NavigableSet<String> with(String file) {
        NavigableSet<String> next = new TreeSet<>(completed);
        next.add(file);
        return next;
    }

    boolean isCompleted(String file) {
        return completed.contains(file);
    }

    /** Returns the number of processed lines of a file. */
    long lines(String file) {
        return open.getOrDefault(file, 0L);
    }

    /** Returns a file that is not among the given ones; null if there is none. */
    @Nullable
    String missing(Set<String> files) {
        for (Set<String> own : List.of(completed, open.keySet())) {
            for (String file : own) {
                if (!files.contains(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    void write(JsonWriter out) {
        out.beginObject().name("version").number(VERSION).name("completed").beginArray();
        completed.forEach(out::string);
        out.endArray().name("open").beginObject();
        new TreeMap<>(open).forEach((file, line) -> out.name(file).number(line));
        out.endObject().endObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExportCheckpoint that && completed.equals(that.completed) && open.equals(that.open);
    }

    @Override
    public int hashCode() {
        return completed.hashCode() * 31 + open.hashCode();
    }

    /**
     * Returns the text of the checkpoint, which {@link #parse} reads.
     *
     * @return one line of JSON
     */
    @Override
    public String toString() {
        JsonWriter out = new JsonWriter();
        write(out);
        return out.toString();
    }
}
