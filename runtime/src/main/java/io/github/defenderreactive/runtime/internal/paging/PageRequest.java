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
 * @param target path and query below the API root, as they go on the wire
 * @param deadline the deadline, whose clock stands still while no item is wanted
 * @param stalls how often this page broke off since the last new item
 * @param reader decodes the body; its failures are those of the decoder, for the pipeline to name
 * @param emptyPage the page of a status that says that nothing is there, or null if items came before this page
 * @param attempts listener to the attempts
 * @param <T> the item
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
     * Checks the components.
     *
     * @param target path and query below the API root, as they go on the wire
     * @param deadline the deadline, whose clock stands still while no item is wanted
     * @param stalls how often this page broke off since the last new item
     * @param reader decodes the body; its failures are those of the decoder, for the pipeline to name
     * @param emptyPage the page of a status that says that nothing is there, or null if items came before this page
     * @param attempts listener to the attempts
     */
    public PageRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(attempts, "attempts");
    }
}
