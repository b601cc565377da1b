package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.retry.Deadline;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Request for one page.
 *
 * @param target path and query below the API root, as sent
 * @param deadline the deadline, whose clock is paused while there is no demand
 * @param stalls number of truncated attempts at this page since the last new item
 * @param reader decodes the body; the pipeline maps the failures of the decoder
 * @param emptyPage the page for a status that means that there are no items, or null if items were received before this
 *     page
 * @param attempts listener to the attempts
 * @param <T> type of the items
 * @since 0.1.0
 */
public record PageRequest<T>(
        String target,
        Deadline deadline,
        int stalls,
        ResponseReader<T> reader,
        @Nullable Supplier<Flux<T>> emptyPage,
        AttemptListener attempts) {

    /**
     * Creates a request.
     *
     * @param target path and query below the API root, as sent
     * @param deadline the deadline, whose clock is paused while there is no demand
     * @param stalls number of truncated attempts at this page since the last new item
     * @param reader decodes the body; the pipeline maps the failures of the decoder
     * @param emptyPage the page for a status that means that there are no items, or null if items were received before
     *     this page
     * @param attempts listener to the attempts
     */
    public PageRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(attempts, "attempts");
    }
}
