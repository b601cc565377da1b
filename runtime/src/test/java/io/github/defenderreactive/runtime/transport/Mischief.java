package io.github.defenderreactive.runtime.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a hostile server sends for one request. Each can be decided by what reaches the client, whatever the timing: a whole
 * response that nobody asked for stands in one segment with what makes it one too many, or comes while the connection is idle.
 */
enum Mischief {
    // ---- the response of the request can be told from everything else, and must be delivered

    FIXED_LENGTH(true),
    CHUNKED(true),
    BYTE_BY_BYTE(true),
    INTERIM_BEFORE(true),
    INTERIM_GLUED(true),
    ANNOUNCED_CLOSE(true),
    ENDED_BY_CLOSE(true),
    OLD_VERSION(true),
    LINE_ENDS_BEHIND(true),
    /** Bytes arrive while the connection is idle: the next call must not meet them. */
    STRAY_WHEN_IDLE(true),

    // ---- it cannot, or there is none: an error, and never the words of another

    RESPONSE_BEHIND(false),
    RESPONSE_BEFORE(false),
    RESPONSE_BETWEEN(false),
    INTERIM_BEHIND(false),
    HALF_A_HEAD_BEHIND(false),
    BYTES_BEHIND_NO_CONTENT(false),
    LENGTH_TOO_SHORT(false),
    LENGTH_TOO_LONG(false),
    TWO_LENGTHS(false),
    FRAMED_TWICE(false),
    BAD_CHUNK(false),
    CUT_CHUNKS(false),
    HALF_A_HEAD(false),
    GARBAGE(false),
    SWITCH(false),
    ONLY_INTERIM(false),
    RESET(false),
    NOTHING(false);

    private static final String ANOTHER = "a response that nobody asked for";

    final boolean good;

    Mischief(boolean good) {
        this.good = good;
    }

    /** Whether the server closes the connection behind it. */
    boolean closes() {
        return switch (this) {
            case ANNOUNCED_CLOSE, ENDED_BY_CLOSE, OLD_VERSION -> true;
            case LENGTH_TOO_LONG, CUT_CHUNKS, HALF_A_HEAD, ONLY_INTERIM, NOTHING, RESET -> true;
            default -> false;
        };
    }

    /** The writes, each a segment of its own. */
    List<byte[]> segments(String body, Random random) {
        String own = response(body);
        return switch (this) {
            case FIXED_LENGTH, STRAY_WHEN_IDLE -> cut(own, random.nextInt(3), random);
            case CHUNKED -> cut(chunked(body, random, true), random.nextInt(3), random);
            case BYTE_BY_BYTE -> cut(random.nextBoolean() ? own : chunked(body, random, true), 40, random);
            case INTERIM_BEFORE -> join(interims(random), cut(own, random.nextInt(2), random));
            case INTERIM_GLUED -> List.of(bytes(String.join("", strings(interims(random))) + own));
            case ANNOUNCED_CLOSE -> List.of(bytes(own.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
            case ENDED_BY_CLOSE -> cut("HTTP/1.1 200 OK\r\n\r\n" + body, random.nextInt(3), random);
            case OLD_VERSION -> List.of(bytes(own.replace("HTTP/1.1", "HTTP/1.0")));
            case LINE_ENDS_BEHIND -> List.of(bytes(own + "\r\n\r\n"));
            case FRAMED_TWICE -> {
                String framed = chunked(body, random, true);
                yield List.of(bytes(
                        random.nextBoolean()
                                ? framed.replaceFirst("\r\n", "\r\nContent-Length: " + random.nextInt(9) + "\r\n")
                                : framed.replaceFirst(": chunked", ": identity, chunked")));
            }
            case RESPONSE_BEHIND -> List.of(bytes(own + response(ANOTHER)));
            case RESPONSE_BEFORE -> List.of(bytes(response(ANOTHER) + own));
            case RESPONSE_BETWEEN ->
                List.of(bytes(
                        "HTTP/1.1 103 -\r\n\r\n" + chunked(ANOTHER, random, false) + "HTTP/1.1 102 -\r\n\r\n" + own));
            case INTERIM_BEHIND -> List.of(bytes(own + "HTTP/1.1 103 -\r\n\r\n"));
            case HALF_A_HEAD_BEHIND -> List.of(bytes(chunked(body, random, false) + "HTTP/1.1 2"));
            case BYTES_BEHIND_NO_CONTENT -> List.of(bytes("HTTP/1.1 204 -\r\nContent-Length: 5\r\n\r\nbytes"));
            case LENGTH_TOO_SHORT ->
                List.of(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + (body.length() - 1) + "\r\n\r\n" + body));
            case LENGTH_TOO_LONG ->
                List.of(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + (body.length() + 1) + "\r\n\r\n" + body));
            case TWO_LENGTHS -> List.of(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"));
            case BAD_CHUNK ->
                List.of(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + (random.nextBoolean() ? "g\r\n" : "2\r\nabc\r\n0\r\n\r\n")));
            case CUT_CHUNKS -> {
                String whole = chunked(body, random, false);
                yield List.of(bytes(whole.substring(0, whole.length() - 1 - random.nextInt(whole.length() / 2))));
            }
            case HALF_A_HEAD -> List.of(bytes(own.substring(0, 1 + random.nextInt(30))));
            case GARBAGE -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                // a line must end for it to be seen
                yield List.of(noise, bytes("\r\n\r\n:\r\n\r\n"));
            }
            case SWITCH -> List.of(bytes("HTTP/1.1 101 -\r\nUpgrade: x\r\n\r\n" + own));
            case ONLY_INTERIM -> interims(random);
            case RESET, NOTHING -> List.of();
        };
    }

    /** What nobody asked for, while the connection is idle. */
    static byte[] stray(Random random) {
        return bytes(
                switch (random.nextInt(6)) {
                    case 0 -> response(ANOTHER);
                    case 1 -> "HTTP/1.1 103 -\r\n\r\n";
                    case 2 -> "HTTP/1.1 2";
                    case 3 -> "\r\n";
                    case 4 -> "HTTP/1.1 408 -\r\nConnection: close\r\n\r\n";
                    default -> "x";
                });
    }

    private static String response(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String body, Random random, boolean trailers) {
        StringBuilder out = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); ) {
            int end = Math.min(body.length(), at + 1 + random.nextInt(body.length()));
            out.append(Integer.toHexString(end - at)).append(random.nextBoolean() ? "\r\n" : ";x=y\r\n");
            out.append(body, at, end).append("\r\n");
            at = end;
        }
        return out.append(trailers && random.nextBoolean() ? "0\r\nX-Trailer: 1\r\n\r\n" : "0\r\n\r\n")
                .toString();
    }

    private static List<byte[]> interims(Random random) {
        List<byte[]> heads = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            int status = List.of(100, 102, 103, 150).get(random.nextInt(4));
            heads.add(bytes("HTTP/1.1 " + status + " -\r\nLink: </x>; rel=preload\r\n\r\n"));
        }
        return heads;
    }

    private static List<byte[]> cut(String text, int cuts, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < cuts && at < text.length() - 1; i++) {
            int end = at + 1 + random.nextInt(Math.min(text.length() - at - 1, cuts > 10 ? 3 : text.length()));
            pieces.add(bytes(text.substring(at, end)));
            at = end;
        }
        pieces.add(bytes(text.substring(at)));
        return pieces;
    }

    private static List<byte[]> join(List<byte[]> some, List<byte[]> more) {
        List<byte[]> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static List<String> strings(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
