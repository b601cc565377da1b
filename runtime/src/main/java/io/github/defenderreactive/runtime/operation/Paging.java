package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.Envelope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The paging of a collection.
 *
 * @param strategy the way to the next page
 * @param maxPageSize the maximum number of items in a page, or of rows in a response without pages; 0 if the service
 *     documents none
 * @param linkPath a path other than the operation's own to which its links may point, or null
 * @param timeField the property that {@link Strategy#TIME_WINDOW} filters by, or null
 * @param parameter the query parameter of {@link Strategy#CURSOR} and {@link Strategy#PAGE_NUMBER}, or null
 * @param firstPage the number of the first page for {@link Strategy#PAGE_NUMBER}
 * @param shape the places of the items and of the next link or cursor
 * @since 0.1.0
 */
public record Paging(
        Strategy strategy,
        int maxPageSize,
        @Nullable String linkPath,
        @Nullable String timeField,
        @Nullable String parameter,
        int firstPage,
        Envelope.Shape shape) {

    /** A way to find the next page. */
    public enum Strategy {
        /** Not a collection. */
        NONE,
        /** The {@code @odata.nextLink} of the response. {@code $top} is never sent. */
        NEXT_LINK,
        /**
         * Like {@link #NEXT_LINK}, but {@code $top} is the page size, and the service returns next links with it too.
         */
        SIZED_LINK,
        /**
         * Like {@link #NEXT_LINK}, over a snapshot that does not change: the token in the link is a position in it.
         * Pages may be too large to keep the ids of their items, and items need no id.
         */
        SKIP_TOKEN,
        /** {@code $top} and {@code $skip}, counted by rows received. The end is an empty page. */
        OFFSET,
        /**
         * Windows over a time that never changes, one page each, narrowed until no window contains more than a page.
         * {@code $top}, {@code $skip} and {@code $orderby} are never sent; a call with one of them is read as
         * {@link #NEXT_LINK}.
         */
        TIME_WINDOW,
        /** A cursor in the response, which is a query parameter of the next request. */
        CURSOR,
        /** The number of the page in a query parameter. The end is an empty page. */
        PAGE_NUMBER,
        /** The {@code Link} header with the relation {@code next} (RFC 8288). */
        LINK_HEADER
    }

    /** The paging of an operation that is not a collection. */
    public static final Paging NONE = new Paging(Strategy.NONE, 0);

    /**
     * Checks the components.
     *
     * @param strategy the way to the next page
     * @param maxPageSize the maximum number of items in a page; 0 if the service documents none
     * @param linkPath a path other than the operation's own to which its links may point, or null
     * @param timeField the property that {@link Strategy#TIME_WINDOW} filters by, or null
     * @param parameter the query parameter of {@link Strategy#CURSOR} and {@link Strategy#PAGE_NUMBER}, or null
     * @param firstPage the number of the first page for {@link Strategy#PAGE_NUMBER}
     * @param shape the places of the items and of the next link or cursor
     * @throws IllegalArgumentException if a number is negative, or if there is a time field without time windows or the
     *     reverse, or a parameter without a strategy that needs it or the reverse
     */
    public Paging {
        Objects.requireNonNull(strategy, "strategy");
        if (maxPageSize < 0) {
            throw new IllegalArgumentException("maxPageSize must be >= 0, was " + maxPageSize);
        }
        if ((strategy == Strategy.TIME_WINDOW) != (timeField != null)) {
            throw new IllegalArgumentException(
                    "timeField must be set for TIME_WINDOW only, was " + timeField + " for " + strategy);
        }
        Objects.requireNonNull(shape, "shape");
        if (firstPage < 0) {
            throw new IllegalArgumentException("firstPage must be >= 0, was " + firstPage);
        }
        if ((strategy == Strategy.CURSOR || strategy == Strategy.PAGE_NUMBER) != (parameter != null)) {
            throw new IllegalArgumentException(
                    "parameter must be set for CURSOR and PAGE_NUMBER only, was " + parameter + " for " + strategy);
        }
    }

    /**
     * Creates the paging of an OData collection.
     *
     * @param strategy the way to the next page
     * @param maxPageSize the maximum number of items in a page; 0 if the service documents none
     * @param linkPath a path other than the operation's own to which its links may point, or null
     * @param timeField the property that {@link Strategy#TIME_WINDOW} filters by, or null
     * @throws IllegalArgumentException if {@code maxPageSize} is negative, or if there is a time field without time
     *     windows or the reverse
     */
    public Paging(Strategy strategy, int maxPageSize, @Nullable String linkPath, @Nullable String timeField) {
        this(strategy, maxPageSize, linkPath, timeField, null, 0, Envelope.Shape.ODATA);
    }

    /**
     * Creates paging that is not by time.
     *
     * @param strategy the way to the next page
     * @param maxPageSize the maximum number of items in a page; 0 if the service documents none
     * @param linkPath a path other than the operation's own to which its links may point, or null
     * @throws IllegalArgumentException if {@code maxPageSize} is negative
     */
    public Paging(Strategy strategy, int maxPageSize, @Nullable String linkPath) {
        this(strategy, maxPageSize, linkPath, null);
    }

    /**
     * Creates paging whose links point to the operation's own path.
     *
     * @param strategy the way to the next page
     * @param maxPageSize the maximum number of items in a page; 0 if the service documents none
     * @throws IllegalArgumentException if {@code maxPageSize} is negative
     */
    public Paging(Strategy strategy, int maxPageSize) {
        this(strategy, maxPageSize, null, null);
    }
}
