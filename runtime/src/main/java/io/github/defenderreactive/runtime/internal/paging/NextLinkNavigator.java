package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.rows.Fingerprint;
import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.operation.Paging;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Navigator that follows the links of the service, with checks against loops and endless empty pages. */
final class NextLinkNavigator<T> implements PageNavigator<T> {

    /** Maximum number of consecutive empty pages with a next link. */
    static final int MAX_EMPTY_PAGES = 20;

    private final PagedCall<T> call;
    /** Fingerprints instead of links, because an endless stream must not keep every link. */
    private final Set<Long> visited = new HashSet<>();

    private int emptyPages;

    NextLinkNavigator(PagedCall<T> call, PageLocation first) {
        this.call = call;
        visited.add(Fingerprint.of(first.target()));
    }

    @Override
    public @Nullable PageLocation after(PageLocation page, Envelope read, @Nullable WindowRowTimes<T> times) {
        if (call.paging().strategy() == Paging.Strategy.PAGE_NUMBER) {
            return numbered(page, read);
        }
        String link = read.nextLink();
        if (link == null || link.isBlank() || call.isLimitedByTop()) {
            return null;
        }
        boolean cursor = call.paging().strategy() == Paging.Strategy.CURSOR;
        String target = cursor ? call.at(link) : call.follow(link.strip());
        if (target == null) {
            throw failure("nextLink points to another operation; its path is not " + call.operationPath());
        }
        String name = cursor ? "cursor" : "nextLink";
        if (!visited.add(Fingerprint.of(target))) {
            throw failure(name + " was received twice; following it would loop");
        }
        emptyPages = read.items() == 0 ? emptyPages + 1 : 0;
        if (emptyPages > MAX_EMPTY_PAGES) {
            throw failure(emptyPages + " consecutive pages were empty but had a " + name);
        }
        return new PageLocation(target, 0, page.before() + read.items());
    }

    private @Nullable PageLocation numbered(PageLocation page, Envelope read) {
        if (read.items() == 0) {
            return null;
        }
        long next = page.offset() + 1;
        return new PageLocation(call.at(Long.toString(next)), next, page.before() + read.items());
    }

    private PagingException failure(String text) {
        return new PagingException(text, ErrorContext.of(call.operationId()));
    }
}
