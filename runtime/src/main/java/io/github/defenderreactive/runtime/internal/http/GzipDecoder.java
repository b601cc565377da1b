package io.github.defenderreactive.runtime.internal.http;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of {@code gzip} (RFC 1952): one or more members, each with its checksum; bytes after the last one are
 * ignored.
 */
public final class GzipDecoder implements ContentDecoder {

    private static final int OUTPUT_BYTES = 32 * 1024;
    private static final int FIXED_HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private enum Part {
        FIXED_HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DEFLATED,
        TRAILER,
        BEHIND,
        IGNORED
    }

    private final byte[] output = new byte[OUTPUT_BYTES];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private ByteBuffer input = NONE;
    private Part part = Part.FIXED_HEADER;
    private boolean started;
    private int taken;
    private int flags;
    private int extraLeft;
    private long trailer;

    @Override
    public void input(ByteBuffer bytes) {
        input = bytes;
        started |= bytes.hasRemaining();
        inflater.setInput(bytes);
    }

    @Override
    public @Nullable ByteBuffer next() throws DataFormatException {
        while (true) {
            if (part == Part.DEFLATED) {
                int length = inflater.inflate(output);
                if (inflater.finished()) {
                    enter(Part.TRAILER);
                }
                if (length > 0) {
                    crc.update(output, 0, length);
                    return ByteBuffer.wrap(output, 0, length);
                }
                if (part == Part.DEFLATED) {
                    return null;
                }
            } else if (!input.hasRemaining()) {
                return null;
            } else {
                take(input.get() & 0xff);
            }
        }
    }

    /** Processes one byte of a header or trailer. */
    private void take(int octet) throws DataFormatException {
        switch (part) {
            case FIXED_HEADER -> fixedHeader(octet);
            case EXTRA_LENGTH -> {
                extraLeft |= octet << 8 * taken++;
                if (taken == 2) {
                    enter(extraLeft == 0 ? after(Part.EXTRA) : Part.EXTRA);
                }
            }
            case EXTRA -> {
                if (--extraLeft == 0) {
                    enter(after(Part.EXTRA));
                }
            }
            case NAME, COMMENT -> {
                if (octet == 0) {
                    enter(after(part));
                }
            }
            case HEADER_CRC -> {
                if (++taken == 2) {
                    enter(Part.DEFLATED);
                }
            }
            case TRAILER -> {
                trailer |= (long) octet << 8 * taken++;
                if (taken == TRAILER_BYTES) {
                    checkTrailer();
                    enter(Part.BEHIND);
                }
            }
            case BEHIND -> {
                if (octet == 0x1f) {
                    anotherMember();
                } else {
                    enter(Part.IGNORED);
                }
            }
            case DEFLATED, IGNORED -> input.position(input.limit());
        }
    }

    private void fixedHeader(int octet) throws DataFormatException {
        int position = taken++;
        if (position == 0 && octet != 0x1f || position == 1 && octet != 0x8b || position == 2 && octet != 8) {
            throw new DataFormatException("not a gzip header");
        }
        if (position == 3) {
            flags = octet;
        }
        if (taken == FIXED_HEADER_BYTES) {
            enter(after(Part.FIXED_HEADER));
        }
    }

    private Part after(Part done) {
        if (done.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & FLAG_EXTRA) != 0) {
            return Part.EXTRA_LENGTH;
        }
        if (done.compareTo(Part.NAME) < 0 && (flags & FLAG_NAME) != 0) {
            return Part.NAME;
        }
        if (done.compareTo(Part.COMMENT) < 0 && (flags & FLAG_COMMENT) != 0) {
            return Part.COMMENT;
        }
        return (flags & FLAG_HEADER_CRC) != 0 ? Part.HEADER_CRC : Part.DEFLATED;
    }

    private void enter(Part next) {
        part = next;
        taken = 0;
    }

    private void checkTrailer() throws DataFormatException {
        long expected = crc.getValue() | (inflater.getBytesWritten() & 0xffff_ffffL) << 32;
        if (trailer != expected) {
            throw new DataFormatException("gzip checksum or length differs");
        }
    }

    private void anotherMember() {
        inflater.reset();
        inflater.setInput(input);
        crc.reset();
        flags = 0;
        extraLeft = 0;
        trailer = 0;
        enter(Part.FIXED_HEADER);
        taken = 1;
    }

    @Override
    public boolean complete() {
        return !started || part == Part.BEHIND || part == Part.IGNORED;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
