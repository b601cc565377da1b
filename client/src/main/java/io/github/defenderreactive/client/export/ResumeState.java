package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The content of a progress file.
 *
 * @param settings the export, the format and the compression, which must be the same when it continues
 * @param offset the number of complete bytes of the unfinished file
 * @param records the number of records in them, or in the complete files of a directory
 * @param checkpoint the position in the export
 */
record ResumeState(String settings, long offset, long records, ExportCheckpoint checkpoint) {

    private static final int VERSION = 1;

    static ResumeState start(String settings, ExportCheckpoint checkpoint) {
        return new ResumeState(settings, 0, 0, checkpoint);
    }

    /**
     * Reads a progress file.
     *
     * @param settings the settings of the export that continues
     * @return the state; null if there is no such file
     * @throws ExportException if it is not one, or one of other settings
     */
    static @Nullable ResumeState read(Path file, String settings) {
        try {
            ResumeState state = parse(JsonReader.of(Files.readAllBytes(file)));
            if (!state.settings.equals(settings)) {
                throw new ExportException(
                        "The progress file " + file + " is one of " + state.settings + ", not of " + settings
                                + ". Delete it to start again",
                        (Throwable) null);
            }
            return state;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new ExportException("The progress file " + file + " cannot be read: " + e.getMessage(), e);
        } catch (JsonException | IllegalArgumentException e) {
            throw new ExportException(
                    "The file " + file + " is not a progress file: " + e.getMessage() + ". Delete it to start again",
                    e);
        }
    }

    private static ResumeState parse(JsonReader in) {
        long version = 0;
        String settings = "";
        long offset = 0;
        long records = 0;
        ExportCheckpoint checkpoint = ExportCheckpoint.start();
        in.beginObject();
        while (in.nextMember()) {
            switch (in.name()) {
                case "version" -> version = in.readLong();
                case "settings" -> settings = in.readString();
                case "offset" -> offset = in.readLong();
                case "records" -> records = in.readLong();
                case "checkpoint" -> checkpoint = ExportCheckpoint.read(in);
                default -> in.skipValue();
            }
        }
        in.end();
        if (version != VERSION) {
            throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
        }
        return new ResumeState(settings, offset, records, checkpoint);
    }

    /** Replaces a progress file. */
    void write(Path file) {
        JsonWriter out = new JsonWriter()
                .beginObject()
                .name("version")
                .number(VERSION)
                .name("settings")
                .string(settings)
                .name("offset")
                .number(offset)
                .name("records")
                .number(records)
                .name("checkpoint");
        checkpoint.write(out);
        byte[] bytes = out.endObject().toByteArray();
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, bytes);
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw OutputFile.unwritable(file, e);
        }
    }

    static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw OutputFile.unwritable(file, e);
        }
    }
}
