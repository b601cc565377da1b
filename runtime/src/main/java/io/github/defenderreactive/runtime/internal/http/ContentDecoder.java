package io.github.defenderreactive.runtime.internal.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Incremental decoder of a content coding, so that a small response that expands a thousandfold is never held in memory
 * as a whole.
 *
 * <p>Not thread-safe; used on one event loop.
 */
public interface ContentDecoder {

    /** Codings that may appear in a message. Other text of the peer may quote a secret. */
    Pattern KNOWN = Pattern.compile(
            "(?:gzip|deflate|br|zstd|compress|identity)(?: ?, ?(?:gzip|deflate|br|zstd|compress|identity)){0,3}",
            Pattern.CASE_INSENSITIVE);

    /** Sets the next coded bytes, which must stay valid until {@link #next()} returns null. */
    void input(ByteBuffer bytes);

    /** Returns the next decoded bytes, valid until the next call; null if more input is needed. */
    @Nullable
    ByteBuffer next() throws DataFormatException;

    /** Returns whether the body may end here. */
    boolean complete();

    /** Releases native memory. */
    void close();

    /** Returns the decoder of a {@code Content-Encoding}; null if the body is not encoded. */
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
                                : "the content coding")
                        + " was not requested");
        };
    }
}
