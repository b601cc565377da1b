package io.github.defenderreactive.runtime.transport;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Removes a content coding piece by piece, so that a small answer that grows a thousandfold never lies in memory whole.
 *
 * <p>Not thread-safe; used on one event loop.
 */
interface ContentDecoder {

    /** What may be named in a message: other words of the peer may quote a secret. */
    Pattern KNOWN = Pattern.compile(
            "(?:gzip|deflate|br|zstd|compress|identity)(?: ?, ?(?:gzip|deflate|br|zstd|compress|identity)){0,3}",
            Pattern.CASE_INSENSITIVE);

    /** Takes the next bytes as they came; they must stay valid until {@link #next()} answers null. */
    void input(ByteBuffer bytes);

    /** The next decoded bytes, valid until the next call; null when more input is needed. */
    @Nullable
    ByteBuffer next() throws DataFormatException;

    /** Whether the answer may end here. */
    boolean complete();

    /** Frees native memory. */
    void close();

    /** The decoder for a {@code Content-Encoding}; null when the body is as it is. */
    static @Nullable ContentDecoder of(@Nullable String contentEncoding) throws DataFormatException {
        if (contentEncoding == null) {
            return null;
        }
        return switch (contentEncoding.trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> null;
            case "gzip", "x-gzip" -> new GzipDecoder();
            case "deflate" -> new DeflateDecoder();
            default ->
                throw new DataFormatException((KNOWN.matcher(contentEncoding).matches()
                                ? "content coding " + contentEncoding
                                : "its content coding")
                        + " was not asked for");
        };
    }
}
