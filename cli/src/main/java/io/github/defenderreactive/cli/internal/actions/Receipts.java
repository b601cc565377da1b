package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A file to which a line is appended before each request and after each result, and which is never shortened. Each line
 * is on the disk before the command continues.
 */
final class Receipts implements AutoCloseable {

    private final @Nullable FileChannel file;
    private final String comment;
    private final Clock clock;

    private Receipts(@Nullable FileChannel file, String comment, Clock clock) {
        this.file = file;
        this.comment = comment;
        this.clock = clock;
    }

    /**
     * Opens the file of an option.
     *
     * @param path the file, or null for none
     * @param comment the comment of the actions
     * @throws UsageException if it cannot be appended to
     */
    static Receipts open(@Nullable Path path, String comment) {
        if (path == null) {
            return new Receipts(null, comment, Clock.systemUTC());
        }
        if (FileName.isSpecial(path)) {
            throw new UsageException("--receipts must name a regular file: " + path + " is not one");
        }
        try {
            return new Receipts(
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    comment,
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UsageException("Cannot write --receipts " + path + ": " + e.getMessage());
        }
    }

    /**
     * Appends a line.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void append(OutcomeRow row) {
        if (file == null) {
            return;
        }
        JsonEncodable line = out -> {
            out.beginObject();
            out.name("time").string(clock.instant().toString());
            row.writeMembers(out);
            out.name("comment").string(comment);
            out.endObject();
        };
        ByteBuffer bytes = ByteBuffer.wrap((JsonWriter.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write --receipts: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
