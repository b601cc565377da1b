package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.json.Envelope;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From page to page by link or by offset: which one comes next, and whether the way leads on. */
final class NextLinkNavigator<T> implements PageNavigator<T> {

    /** Empty pages in a row that still name a next one. */
    static final int MAX_EMPTY_PAGES = 20;

    private final PagePlan<T> plan;
    /** Fingerprints instead of links: an endless stream must not keep every link it saw. */
    private final Set<Long> visited = new HashSet<>();

    private int emptyPages;

    NextLinkNavigator(PagePlan<T> plan) {
        this.plan = plan;
    }

    @Override
    public PageLocation first() {
        PageLocation first = plan.firstPage();
        visited.add(Fingerprint.of(first.target()));
        return first;
    }

    @Override
    public @Nullable PageLocation after(PageFetch<T> exchange) {
        PageLocation page = exchange.target();
        Envelope read = exchange.envelope();
        if (plan.byOffset()) {
            return read.items() == 0 ? null : plan.pageAt(page.offset() + read.items(), page.before() + read.items());
        }
        String link = read.nextLink();
        if (link == null || link.isBlank() || plan.limitedByTop()) {
            return null;
        }
        String target = plan.below(link.strip(), plan.roots());
        if (target == null) {
            throw failure("The next link leads away from the operation; its path is not " + plan.operationPath());
        }
        if (!visited.add(Fingerprint.of(target))) {
            throw failure("The same next link came twice; following it would never end");
        }
        emptyPages = read.items() == 0 ? emptyPages + 1 : 0;
        if (emptyPages > MAX_EMPTY_PAGES) {
            throw failure(emptyPages + " pages in a row were empty and still named a next one");
        }
        return new PageLocation(target, 0, page.before() + read.items());
    }

    private PagingException failure(String text) {
        return new PagingException(text, ErrorContext.of(plan.operationId()));
    }
}
