package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import reactor.core.publisher.Flux;

/**
 * Source of pages; the pipeline is one.
 *
 * @param <T> the item
 * @since 0.1.0
 */
@FunctionalInterface
public interface PageSource<T> {

    /**
     * Prepares the call for one page.
     *
     * @param request the request
     * @return the call, not sent yet
     */
    PageCall<T> call(PageRequest<T> request);

    /**
     * A call for one page.
     *
     * @param <T> the item
     */
    interface PageCall<T> {

        /**
         * Sends the request at subscribe.
         *
         * @return the items while they arrive, under demand; completes when the page was read to its end. Failed attempts
         *     are retried until the first item was emitted, and not after it
         */
        Flux<T> items();

        /**
         * Returns the error of a call whose deadline has passed.
         *
         * @return the error, which says whether the service may have acted
         */
        DefenderException timeout();
    }
}
