package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of the lines of a file, each a record, ended by LF or CRLF except for the last one. Blank lines count as
 * lines but contain no record. One record is held back, so that the last one is known as such.
 *
 * <p>Not thread-safe; used by one attempt to read the file.
 */
final class LineDecoder<T> {

    private static final int FIRST_CAPACITY = 4 << 10;

    private final String file;
    private final JsonDecoder<T> decoder;
    private final JsonLimits limits;
    private final long skipped;
    private final @Nullable Consumer<? super UnreadableLine> unreadable;

    private byte[] incomplete = new byte[FIRST_CAPACITY];
    private int length;
    private long lines;
    private boolean started;
    private @Nullable Placed<T> held;

    /**
     * Creates a decoder.
     *
     * @param file the name of the file in places and messages
     * @param limits the limits of a record
     * @param skipped the number of lines that were processed before
     * @param unreadable receives lines that are not a record; null if such a line is an error
     */
    LineDecoder(
            String file,
            JsonDecoder<T> decoder,
            JsonLimits limits,
            long skipped,
            @Nullable Consumer<? super UnreadableLine> unreadable) {
        this.file = file;
        this.decoder = decoder;
        this.limits = limits;
        this.skipped = skipped;
        this.unreadable = unreadable;
    }

    /** Returns the records that the bytes complete, decoded one by one. The bytes must be in an accessible array. */
    Iterable<Placed<T>> records(ByteBuffer bytes) {
        started = true;
        return () -> new Records(bytes);
    }

    /** Returns whether any buffer was received. */
    boolean isStarted() {
        return started;
    }

    /** Returns whether the file has as many lines as were processed before. */
    boolean isComplete() {
        return lines >= skipped;
    }

    /** Returns the records after the last byte: the one that is held back and that of a line without end. */
    List<Placed<T>> end() {
        List<Placed<T>> rest = new ArrayList<>(2);
        if (held != null) {
            rest.add(held);
            held = null;
        }
        if (length > 0) {
            lines++;
            Placed<T> record = isSkipped() ? null : decode(incomplete, 0, length);
            if (record != null) {
                rest.add(record);
            }
            length = 0;
        }
        if (!rest.isEmpty()) {
            rest.set(rest.size() - 1, rest.get(rest.size() - 1).asLast());
        }
        return rest;
    }

    private boolean isSkipped() {
        return lines <= skipped;
    }

    private final class Records implements Iterator<Placed<T>> {

        private final ByteBuffer bytes;
        private @Nullable Placed<T> next;

        Records(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean hasNext() {
            while (next == null && bytes.hasRemaining()) {
                next = afterNextLine();
            }
            return next != null;
        }

        @Override
        public Placed<T> next() {
            Placed<T> record = hasNext() ? next : null;
            if (record == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return record;
        }

        /** Consumes bytes to the end of a line, and returns the record before the one that the line contains. */
        private @Nullable Placed<T> afterNextLine() {
            byte[] array = bytes.array();
            int from = bytes.arrayOffset() + bytes.position();
            int to = bytes.arrayOffset() + bytes.limit();
            int end = from;
            while (end < to && array[end] != '\n') {
                end++;
            }
            bytes.position(Math.min(end + 1, to) - bytes.arrayOffset());
            boolean whole = end < to && length == 0;
            if (!whole) {
                keep(array, from, end - from);
            }
            if (end == to) {
                return null;
            }
            lines++;
            Placed<T> record =
                    isSkipped() ? null : whole ? decode(array, from, end - from) : decode(incomplete, 0, length);
            length = 0;
            if (record == null) {
                return null;
            }
            Placed<T> before = held;
            held = record;
            return before;
        }
    }

    /** Keeps a part of a line. Of a line that is not decoded, only the fact that it has begun is kept. */
    private void keep(byte[] array, int from, int count) {
        int needed = (int) Math.min(length + (long) count, limits.itemBytes() + 1L);
        if (lines < skipped) {
            length = Math.min(1, needed);
            return;
        }
        if (needed > incomplete.length) {
            incomplete = Arrays.copyOf(incomplete, Math.max(needed, incomplete.length * 2));
        }
        System.arraycopy(array, from, incomplete, length, needed - length);
        length = needed;
    }

    private @Nullable Placed<T> decode(byte[] array, int from, int count) {
        if (isBlank(array, from, count)) {
            return null;
        }
        if (count > limits.itemBytes()) {
            return failed(failure("is longer than " + limits.itemBytes() + " bytes", "$", limits.itemBytes(), null));
        }
        try {
            JsonReader in = JsonReader.of(array, from, count, limits);
            T record = decoder.read(in);
            in.end();
            return new Placed<>(file, lines, false, record);
        } catch (JsonException e) {
            return failed(failure("is not a record: " + e.getMessage(), e.path(), e.offset(), e));
        }
    }

    private @Nullable Placed<T> failed(DecodeException failure) {
        if (unreadable == null) {
            throw failure;
        }
        unreadable.accept(new UnreadableLine(file, lines, failure));
        return null;
    }

    private static boolean isBlank(byte[] array, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (array[i] != ' ' && array[i] != '\r' && array[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private DecodeException failure(String reason, String path, long offset, @Nullable Throwable cause) {
        return new DecodeException(
                "Line " + lines + " of " + file + " " + reason,
                path,
                offset,
                ErrorContext.of(Downloads.OPERATION.id()),
                cause);
    }
}
