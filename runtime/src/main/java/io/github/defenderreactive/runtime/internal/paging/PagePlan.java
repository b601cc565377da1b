package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import java.util.Objects;

/**
 * How a collection is read; immutable.
 *
 * @param strategy how its pages follow one another
 * @param source the source of its pages
 * @param settings deadline, clocks and limits
 * @param options options that the caller chose
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

    /** Whether a page can be requested twice: the service may have acted on the first request. */
    boolean repeatable() {
        return strategy.call().info().replaySafety() == ReplaySafety.SAFE;
    }

    boolean maybeTruncated(PageLocation page, long rows) {
        return !options.truncationAllowed() && strategy.maybeTruncated(page, rows);
    }

    PageProgress<T> progress() {
        JsonDecoder<T> decoder =
                Objects.requireNonNull(strategy.call().call().operation().responseDecoder(), "responseDecoder");
        return new PageProgress<>(decoder, settings.limits(), options);
    }

    /** The text of a token is as long as the query of the call. */
    ContinuationToken token(PageLocation page) {
        return ContinuationToken.parse(new PagePosition(operationId(), page, strategy.pageSize()).text());
    }
}
