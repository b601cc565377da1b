package io.github.defenderreactive.emulator.internal.http;

import io.github.defenderreactive.emulator.http.ContentCoding;
import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A body in gzip or deflate, compressed piece by piece; every piece is flushed, so that it can be read at once. */
public final class CodedBody implements ResponseBody {

    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final ResponseBody plain;
    private final boolean gzip;
    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private long length;
    private boolean begun;
    private boolean ended;

    private CodedBody(ResponseBody plain, boolean gzip, boolean raw) {
        this.plain = plain;
        this.gzip = gzip;
        this.deflater = new Deflater(Deflater.BEST_SPEED, raw);
    }

    /**
     * Returns a response with its body coded. One without a content type, or coded already, stays as it is.
     *
     * @param offered the codings that the caller accepts; null for none
     */
    public static ServiceResponse code(ServiceResponse response, ContentCoding coding, @Nullable String offered) {
        if (!response.headers().containsKey("Content-Type")
                || response.headers().containsKey("Content-Encoding")) {
            return response;
        }
        return switch (coding) {
            case NEGOTIATED ->
                offered != null && offered.toLowerCase(Locale.ROOT).contains("deflate")
                        ? deflate(response, true)
                        : response;
            case IDENTITY -> response;
            case GZIP -> response.withBody(gzip(response.body())).withHeader("Content-Encoding", "gzip");
            case DEFLATE_RAW -> deflate(response, true);
            case DEFLATE_ZLIB -> deflate(response, false);
        };
    }

    private static ServiceResponse deflate(ServiceResponse response, boolean raw) {
        return response.withBody(new CodedBody(response.body(), false, raw)).withHeader("Content-Encoding", "deflate");
    }

    /** Returns a body in gzip. */
    public static ResponseBody gzip(ResponseBody plain) {
        return new CodedBody(plain, true, true);
    }

    @Override
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        if (gzip && !begun) {
            out.writeBytes(GZIP_HEAD);
        }
        begun = true;
        byte[] piece = plain.next();
        if (piece == null) {
            deflater.finish();
            drain(out, Deflater.NO_FLUSH);
            if (gzip) {
                littleEndian(out, checksum.getValue());
                littleEndian(out, length);
            }
            close();
        } else {
            checksum.update(piece);
            length += piece.length;
            deflater.setInput(piece);
            drain(out, Deflater.SYNC_FLUSH);
        }
        return out.toByteArray();
    }

    private void drain(ByteArrayOutputStream out, int flush) {
        byte[] buffer = new byte[8192];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, flush);
            out.write(buffer, 0, count);
        } while (count == buffer.length || flush == Deflater.NO_FLUSH && !deflater.finished());
    }

    private static void littleEndian(ByteArrayOutputStream out, long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift));
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            deflater.end();
            plain.close();
        }
    }
}
