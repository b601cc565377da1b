package io.github.defenderreactive.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a {@link FaultServer} answers, and how it breaks. Immutable; each method derives another.
 *
 * <p>Bytes count as they are on the wire behind the head: content coding and chunk framing included.
 */
public final class Answer {

    /** What happens behind the last byte. */
    public enum Ending {
        /** The connection stays open for the next request. */
        KEEP,
        /** An orderly close. */
        CLOSE,
        /** A TCP reset. */
        RESET,
        /** The sending side is closed, the receiving side stays open. */
        HALF_CLOSE,
        /** Nothing more, ever. */
        STALL
    }

    private static final int WRITE_BYTES = 16 * 1024;
    private static final long ALL = Long.MAX_VALUE;

    final int status;
    final Ending ending;
    final int pieceBytes;
    final Duration pause;
    final long repeat;
    private final TreeMap<String, String> headers;
    private final byte[] body;
    private final int chunkBytes;
    private final long breakAfter;

    private Answer(
            int status,
            TreeMap<String, String> headers,
            byte[] body,
            long repeat,
            int chunkBytes,
            int pieceBytes,
            Duration pause,
            long breakAfter,
            Ending ending) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.repeat = repeat;
        this.chunkBytes = chunkBytes;
        this.pieceBytes = pieceBytes;
        this.pause = pause;
        this.breakAfter = breakAfter;
        this.ending = ending;
    }

    /** An answer without a body. */
    public static Answer status(int status) {
        return new Answer(status, new TreeMap<>(), new byte[0], 1, 0, WRITE_BYTES, Duration.ZERO, ALL, Ending.KEEP);
    }

    /** 200 with a JSON body. */
    public static Answer json(String body) {
        return status(200).header("Content-Type", "application/json").body(body);
    }

    /** No head at all; the connection ends this way. */
    public static Answer nothing(Ending ending) {
        return status(0).then(ending);
    }

    /** The same with a header. */
    public Answer header(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, repeat, chunkBytes, pieceBytes, pause, breakAfter, ending);
    }

    /** The same with a body. */
    public Answer body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a body. */
    public Answer body(byte[] bytes) {
        return new Answer(status, headers, bytes.clone(), 1, chunkBytes, pieceBytes, pause, breakAfter, ending);
    }

    /** The same with a body that repeats a block; it is not kept in memory whole. Not for content codings. */
    public Answer repeated(byte[] block, long times) {
        return new Answer(status, headers, block.clone(), times, chunkBytes, pieceBytes, pause, breakAfter, ending);
    }

    /** The same with {@code Content-Encoding: gzip}. */
    public Answer gzip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream coding = new GZIPOutputStream(out)) {
            coding.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return header("Content-Encoding", "gzip").body(out.toByteArray());
    }

    /** The same with {@code Content-Encoding: deflate}, with the zlib header. */
    public Answer zlib() {
        return deflate(false);
    }

    /** The same with {@code Content-Encoding: deflate}, without the zlib header. */
    public Answer rawDeflate() {
        return deflate(true);
    }

    private Answer deflate(boolean raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (DeflaterOutputStream coding = new DeflaterOutputStream(out, deflater)) {
            coding.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return header("Content-Encoding", "deflate").body(out.toByteArray());
    }

    /** The same with chunked framing instead of a content length. */
    public Answer chunked(int bytesPerChunk) {
        return new Answer(status, headers, body, repeat, bytesPerChunk, pieceBytes, pause, breakAfter, ending);
    }

    /** The same, written in pieces with a pause before each but the first. */
    public Answer slowly(int bytesPerPiece, Duration pauseBetween) {
        return new Answer(status, headers, body, repeat, chunkBytes, bytesPerPiece, pauseBetween, breakAfter, ending);
    }

    /** The same, of whose body only so many bytes are sent before the ending. */
    public Answer breakAfter(long bytes, Ending how) {
        return new Answer(status, headers, body, repeat, chunkBytes, pieceBytes, pause, bytes, how);
    }

    /** The same with another ending. */
    public Answer then(Ending how) {
        return new Answer(status, headers, body, repeat, chunkBytes, pieceBytes, pause, breakAfter, how);
    }

    /** The same with bytes in place of a head and a body; for {@link #nothing}. */
    public Answer raw(String bytes) {
        return body(bytes);
    }

    /** Whether nothing is missing when so many bytes of the body were sent. */
    public boolean isWholeWithin(long bytes) {
        return new Pieces().left <= bytes;
    }

    /** The head; empty for {@link #nothing}. */
    byte[] head() {
        if (status == 0) {
            return new byte[0];
        }
        StringBuilder out = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            out.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (chunkBytes > 0) {
            out.append("Transfer-Encoding: chunked\r\n");
        } else if (!headers.containsKey("Content-Length") && status >= 200 && status != 204 && status != 304) {
            out.append("Content-Length: ").append(body.length * repeat).append("\r\n");
        }
        return out.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The body of an answer small enough to hold tokens, else nothing. */
    String bodyText() {
        return body.length > WRITE_BYTES ? "" : new String(body, StandardCharsets.UTF_8);
    }

    /** The body as it goes on the wire, piece by piece. */
    Pieces pieces() {
        return new Pieces();
    }

    /** Cuts the framed body. */
    final class Pieces {

        private final byte[] framed = framed();
        private final byte[] last = chunkBytes > 0 ? "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
        private long left = Math.min(breakAfter, Math.multiplyExact(framed.length, repeat) + last.length);
        private long position;

        /** The next bytes; empty at the end. */
        byte[] next() {
            int length = (int) Math.min(pieceBytes, left);
            byte[] piece = new byte[length];
            long framedTotal = framed.length * repeat;
            for (int i = 0; i < length; i++, position++) {
                piece[i] = position < framedTotal
                        ? framed[(int) (position % framed.length)]
                        : last[(int) (position - framedTotal)];
            }
            left -= length;
            return piece;
        }

        private byte[] framed() {
            if (chunkBytes == 0) {
                return body;
            }
            List<byte[]> parts = new ArrayList<>();
            for (int at = 0; at < body.length; at += chunkBytes) {
                int length = Math.min(chunkBytes, body.length - at);
                parts.add((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                parts.add(java.util.Arrays.copyOfRange(body, at, at + length));
                parts.add("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            parts.forEach(out::writeBytes);
            return out.toByteArray();
        }
    }
}
