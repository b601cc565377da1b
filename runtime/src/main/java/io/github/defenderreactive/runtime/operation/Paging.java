package io.github.defenderreactive.runtime.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is read page after page.
 *
 * @param strategy what names the next page
 * @param maxPageSize most items in a page; 0 when the service documents none
 * @param linkPath another path than the operation's own that its links may lead to, or null
 * @param timeField the property that {@link Strategy#TIME_WINDOW} filters by, or null
 * @since 0.1.0
 */
public record Paging(
        Strategy strategy,
        int maxPageSize,
        @Nullable String linkPath,
        @Nullable String timeField) {

    /** What names the next page. */
    public enum Strategy {
        /** Not a collection. */
        NONE,
        /** The {@code @odata.nextLink} of the answer; {@code $top} is never sent. */
        NEXT_LINK,
        /** As {@link #NEXT_LINK}, but {@code $top} is the size of a page and the service links on with it too. */
        SIZED_LINK,
        /**
         * As {@link #NEXT_LINK}, over a snapshot that does not change: the token in the link is a place in it. Pages may be
         * too large to keep the ids of their items, and items need no id.
         */
        SKIP_TOKEN,
        /** {@code $top} and {@code $skip}, counted by rows received; ends at an empty page. */
        OFFSET,
        /**
         * Windows over a time that never changes, one page each, narrowed until none holds more than a page. {@code $top},
         * {@code $skip} and {@code $orderby} are never sent; a call that has one of them is read as {@link #NEXT_LINK}.
         */
        TIME_WINDOW
    }

    /** Not a collection. */
    public static final Paging NONE = new Paging(Strategy.NONE, 0);

    /**
     * Checks the components.
     *
     * @param strategy what names the next page
     * @param maxPageSize most items in a page; 0 when the service documents none
     * @param linkPath another path than the operation's own that its links may lead to, or null
     * @param timeField the property that {@link Strategy#TIME_WINDOW} filters by, or null
     * @throws IllegalArgumentException if {@code maxPageSize} is negative, or a time field and its strategy do not come
     *     together
     */
    public Paging {
        Objects.requireNonNull(strategy, "strategy");
        if (maxPageSize < 0) {
            throw new IllegalArgumentException("maxPageSize is negative: " + maxPageSize);
        }
        if ((strategy == Strategy.TIME_WINDOW) != (timeField != null)) {
            throw new IllegalArgumentException(strategy + " with the time field " + timeField);
        }
    }

    /**
     * Paging that is not by time.
     *
     * @param strategy what names the next page
     * @param maxPageSize most items in a page; 0 when the service documents none
     * @param linkPath another path than the operation's own that its links may lead to, or null
     * @throws IllegalArgumentException if {@code maxPageSize} is negative
     */
    public Paging(Strategy strategy, int maxPageSize, @Nullable String linkPath) {
        this(strategy, maxPageSize, linkPath, null);
    }

    /**
     * Paging whose links lead to the operation's own path.
     *
     * @param strategy what names the next page
     * @param maxPageSize most items in a page; 0 when the service documents none
     * @throws IllegalArgumentException if {@code maxPageSize} is negative
     */
    public Paging(Strategy strategy, int maxPageSize) {
        this(strategy, maxPageSize, null, null);
    }
}
