package io.github.defenderreactive.runtime.paging;

import reactor.core.publisher.Flux;

/**
 * Answers requests for pages; the pipeline is one.
 *
 * @param <T> the item
 * @since 0.1.0
 */
@FunctionalInterface
public interface PageSource<T> {

    /**
     * Asks for one page.
     *
     * @param request what is asked, and what decodes the answer's body
     * @return the items while they arrive, under demand; completes when the page was read to its end. Repeats failed
     *     attempts by itself until the first item arrived, and never after
     */
    Flux<T> page(PageRequest<T> request);
}
