package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in a paged read from which the read can be resumed: an operation, one of its pages or windows, and the
 * number of items before it. The token is opaque and printable; store its text and {@linkplain #parse(String) parse} it
 * later, even in another process.
 *
 * <p>Resuming rereads the page of the token: at most the items of that page are emitted twice, and none is lost. The
 * token contains the query of the call, but no secrets.
 *
 * @since 0.1.0
 */
public final class ContinuationToken {

    private final PagePosition position;

    private ContinuationToken(PagePosition position) {
        this.position = position;
    }

    /**
     * Parses the text of a token.
     *
     * @param text the text that {@link #toString()} returned
     * @return the token
     * @throws IllegalArgumentException if the text is not a token, or its version is not supported
     */
    public static ContinuationToken parse(String text) {
        Objects.requireNonNull(text, "text");
        return new ContinuationToken(PagePosition.parse(text));
    }

    /**
     * Returns the position from which a failed read can be resumed.
     *
     * @param error the error of the read
     * @return the token; empty if the error is not one of a paged read
     */
    public static Optional<ContinuationToken> of(Throwable error) {
        String text = error instanceof DefenderException failure ? failure.continuation() : null;
        return Optional.ofNullable(text).map(ContinuationToken::parse);
    }

    /**
     * Returns the id of the operation.
     *
     * @return the operation id
     */
    public String operationId() {
        return position.operationId();
    }

    /**
     * Returns the number of items before the page of the token.
     *
     * @return the number, 0 or more
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

    /** Returns the text to store, which consists of letters, digits, minus and underscore. */
    @Override
    public String toString() {
        return position.text();
    }
}
