package io.github.defenderreactive.cli;

import io.github.defenderreactive.runtime.paging.PagedFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Cuts a stream where the user wants it to end, so that nothing behind it is asked for. */
final class Limits {

    private Limits() {}

    static <T> Flux<T> take(Flux<T> items, @Nullable Long limit) {
        Long validated = validated(limit);
        return validated == null ? items : items.take(validated);
    }

    static @Nullable Long validated(@Nullable Long limit) {
        if (limit != null && limit < 0) {
            throw new UsageException("--limit must not be negative: " + limit);
        }
        return limit;
    }

    static <T> Flux<T> takePages(PagedFlux<T> items, int pages) {
        if (pages < 1) {
            throw new UsageException("--pages must be at least 1: " + pages);
        }
        return items.byPage().take(pages).concatMapIterable(page -> page.items(), 1);
    }
}
