package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import reactor.core.publisher.Flux;

/**
 * Source of pages, implemented by the pipeline.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
@FunctionalInterface
public interface PageSource<T> {

    /**
     * Returns the call for one page.
     *
     * @param request the request
     * @return the call, which is sent at subscribe
     */
    PageCall<T> call(PageRequest<T> request);

    /**
     * A call for one page.
     *
     * @param <T> type of the items
     */
    interface PageCall<T> {

        /**
         * Returns the items. The request is sent at subscribe.
         *
         * @return emits the items while they arrive, under demand; completes when the page was read to its end. Failed
         *     attempts are retried until the first item was emitted
         */
        Flux<T> items();

        /**
         * Returns the error of a call whose deadline has passed.
         *
         * @return the error, which tells whether the service may have executed the call
         */
        DefenderException timeout();
    }
}
