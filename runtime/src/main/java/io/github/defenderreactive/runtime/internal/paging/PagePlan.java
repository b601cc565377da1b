package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import java.util.Objects;

/**
 * The configuration of a paged read. Immutable.
 *
 * @param strategy the paging strategy
 * @param source the source of its pages
 * @param settings deadline, clocks and limits
 * @param options options set by the caller
 */
record PagePlan<T>(PagingStrategy<T> strategy, PageSource<T> source, PageSettings settings, PageOptions options) {

    PagePlan<T> with(PagingStrategy<T> other) {
        return new PagePlan<>(other, source, settings, options);
    }

    PagePlan<T> with(PageOptions others) {
        return new PagePlan<>(strategy, source, settings, others);
    }

    String operationId() {
        return strategy.call().operationId();
    }

    /** Returns whether a page can be requested twice, although the service may have executed the first request. */
    boolean isReplayable() {
        return strategy.call().info().replaySafety() == ReplaySafety.SAFE;
    }

    boolean maybeTruncated(PageLocation page, long rows) {
        return !options.truncationAllowed() && strategy.maybeTruncated(page, rows);
    }

    PageProgress<T> progress() {
        JsonDecoder<T> decoder =
                Objects.requireNonNull(strategy.call().call().operation().responseDecoder(), "responseDecoder");
        return new PageProgress<>(decoder, strategy.call().info().paging(), settings.limits(), options);
    }

    /** Returns the token of a page. Its text is as long as the query of the call. */
    ContinuationToken token(PageLocation page) {
        return ContinuationToken.parse(new PagePosition(operationId(), page, strategy.pageSize()).text());
    }
}
