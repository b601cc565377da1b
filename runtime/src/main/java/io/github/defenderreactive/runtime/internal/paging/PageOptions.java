package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of a paged read that do not depend on the paging strategy.
 *
 * @param prefetch maximum number of pages requested early
 * @param truncationAllowed whether a page that may be truncated completes the read instead of failing it
 * @param report listener to the end of the read, or null
 * @param unreadable listener to items that cannot be decoded and are skipped, or null if the first of them fails the
 *     read
 * @param responses listener to the responses, or null
 */
record PageOptions(
        int prefetch,
        boolean truncationAllowed,
        @Nullable Consumer<? super ReadReport> report,
        @Nullable Consumer<? super UnreadableItem> unreadable,
        @Nullable Consumer<? super ResponseInfo> responses) {

    static final PageOptions DEFAULTS = new PageOptions(0, false, null, null, null);

    PageOptions withPrefetch(int pages) {
        if (pages < 0) {
            throw new IllegalArgumentException("pages must be >= 0, was " + pages);
        }
        return new PageOptions(pages, truncationAllowed, report, unreadable, responses);
    }

    PageOptions withTruncationAllowed() {
        return new PageOptions(prefetch, true, report, unreadable, responses);
    }

    PageOptions withReport(Consumer<? super ReadReport> listener) {
        return new PageOptions(prefetch, truncationAllowed, listener, unreadable, responses);
    }

    PageOptions withUnreadable(Consumer<? super UnreadableItem> listener) {
        return new PageOptions(prefetch, truncationAllowed, report, listener, responses);
    }

    PageOptions withResponses(Consumer<? super ResponseInfo> listener) {
        return new PageOptions(prefetch, truncationAllowed, report, unreadable, listener);
    }
}
