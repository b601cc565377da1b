package io.github.defenderreactive.runtime.internal.http;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of {@code deflate} in both forms in use: with the zlib header, as the standard requires, and raw, as the
 * service sends it.
 *
 * <p>The first two bytes distinguish the forms. A raw stream that looks like a zlib header would begin with a stored
 * block whose padding bits are set, which no compressor writes.
 */
final class DeflateDecoder implements ContentDecoder {

    private static final int OUTPUT_BYTES = 32 * 1024;
    private static final int UNKNOWN = -1;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final byte[] output = new byte[OUTPUT_BYTES];
    private ByteBuffer input = NONE;
    private int first = UNKNOWN;
    private @Nullable Inflater inflater;

    @Override
    public void input(ByteBuffer bytes) {
        input = bytes;
        Inflater current = inflater;
        if (current != null) {
            current.setInput(bytes);
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws DataFormatException {
        Inflater current = inflater;
        if (current == null) {
            current = detect();
            if (current == null) {
                return null;
            }
        }
        while (!current.finished()) {
            int length = current.inflate(output);
            if (length > 0) {
                return ByteBuffer.wrap(output, 0, length);
            }
            if (current.needsDictionary()) {
                throw new DataFormatException("a preset dictionary is needed");
            }
            if (current.needsInput()) {
                return null;
            }
        }
        return null;
    }

    /** Detects the form from the first two bytes, which may arrive separately. */
    private @Nullable Inflater detect() throws DataFormatException {
        if (first == UNKNOWN && input.hasRemaining()) {
            first = input.get() & 0xff;
        }
        if (first == UNKNOWN || !input.hasRemaining()) {
            return null;
        }
        int second = input.get(input.position()) & 0xff;
        boolean zlib = (first & 0x0f) == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0;
        Inflater found = new Inflater(!zlib);
        inflater = found;
        found.setInput(new byte[] {(byte) first});
        // one byte produces no output: it only changes the state of the inflater
        found.inflate(output);
        found.setInput(input);
        return found;
    }

    @Override
    public boolean complete() {
        return inflater == null ? first == UNKNOWN : inflater.finished();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
