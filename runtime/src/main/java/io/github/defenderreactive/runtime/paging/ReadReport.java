package io.github.defenderreactive.runtime.paging;

import java.time.Duration;

/**
 * The result of one read of a collection.
 *
 * @param complete true if the end was reached; false after an error or a cancellation
 * @param items number of items emitted
 * @param repeats number of items that were received again and dropped: those at the boundaries of windows and pages,
 *     and those of pages that were requested again
 * @param windows number of time windows among the pages; 0 if the pages were read in another way
 * @param pages number of pages read to the end
 * @param calls number of requests sent, including failed ones
 * @param throttled total wait of requests for the rate limiter or after the service rejected them because of its quota,
 *     in whole milliseconds; the waits of concurrent requests are added
 * @since 0.1.0
 */
public record ReadReport(
        boolean complete, long items, long repeats, long windows, long pages, long calls, Duration throttled) {}
