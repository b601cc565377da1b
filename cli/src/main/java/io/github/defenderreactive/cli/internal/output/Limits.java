package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.progress.Measure;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Limits of streams. Nothing after a limit is requested. */
public final class Limits {

    private Limits() {}

    /**
     * Limits a stream to its first items.
     *
     * @param <T> the type of the items
     * @param items the stream
     * @param limit the value of {@code --limit}, or null for all items
     * @return the limited stream
     * @throws UsageException if the limit is negative
     */
    public static <T> Flux<T> take(Flux<T> items, @Nullable Long limit) {
        Long validated = validated(limit);
        return validated == null ? items : items.take(validated);
    }

    /**
     * Validates a limit.
     *
     * @param limit the value of {@code --limit}, or null for all items
     * @return the limit
     * @throws UsageException if the limit is negative
     */
    public static @Nullable Long validated(@Nullable Long limit) {
        if (limit != null && limit < 0) {
            throw new UsageException("--limit must be >= 0, was " + limit);
        }
        return limit;
    }

    /**
     * Returns the number of items to expect.
     *
     * @param limit the value of {@code --limit}, or null for all items
     * @return the limit, or {@link Measure#UNKNOWN}
     */
    public static long total(@Nullable Long limit) {
        return limit == null ? Measure.UNKNOWN : limit;
    }

    /**
     * Limits a collection to its first pages.
     *
     * @param <T> the type of the items
     * @param items the collection
     * @param pages the value of {@code --pages}
     * @return the items of these pages
     * @throws UsageException if the number is less than 1
     */
    public static <T> Flux<T> takePages(PagedFlux<T> items, int pages) {
        if (pages < 1) {
            throw new UsageException("--pages must be >= 1, was " + pages);
        }
        return items.byPage().take(pages).concatMapIterable(page -> page.items(), 1);
    }
}
