package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in a stream of pages, from which it can be resumed: an operation, a page or window of it, and how many items
 * came before. Opaque and printable; keep its text anywhere and {@linkplain #parse(String) parse} it later, also in another
 * process.
 *
 * <p>Resuming re-reads the page it names: at most that page's items come twice, none is lost. It holds the query of the
 * call, but not a secret.
 *
 * @since 0.1.0
 */
public final class ContinuationToken {

    private final PagePosition position;

    private ContinuationToken(PagePosition position) {
        this.position = position;
    }

    /**
     * Reads a token's text.
     *
     * @param text the text that {@link #toString()} returned
     * @return the token
     * @throws IllegalArgumentException if it is not such a text, or of a version this library does not know
     */
    public static ContinuationToken parse(String text) {
        Objects.requireNonNull(text, "text");
        return new ContinuationToken(PagePosition.parse(text));
    }

    /**
     * Returns the position from which the stream that failed can be resumed.
     *
     * @param error the error that ended the stream
     * @return the token, empty if the error did not come from a stream of pages
     */
    public static Optional<ContinuationToken> of(Throwable error) {
        String text = error instanceof DefenderException failure ? failure.continuation() : null;
        return Optional.ofNullable(text).map(ContinuationToken::parse);
    }

    /**
     * Returns the operation whose pages these are.
     *
     * @return its id
     */
    public String operationId() {
        return position.operationId();
    }

    /**
     * Returns how many items came before the page it names.
     *
     * @return 0 or more
     */
    public long itemsBefore() {
        return position.page().before();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContinuationToken token && token.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Returns the text to keep: letters, digits, minus and underscore. */
    @Override
    public String toString() {
        return position.text();
    }
}
