package io.github.defenderreactive.runtime.paging;

import java.time.Duration;

/**
 * What one read of a collection came to.
 *
 * @param complete whether the end was reached; false after an error or a cancel
 * @param items items handed on
 * @param repeats items that came again and were dropped: those at the edges of windows and pages, and those of pages that
 *     were asked for again
 * @param windows windows of time among the pages; 0 when pages were read in another way
 * @param pages pages read to their end
 * @param calls requests sent, those that failed included
 * @param throttled how long requests waited for the rate limiter or because the service had refused them for its quota, in
 *     whole milliseconds; requests that wait side by side count each
 * @since 0.1.0
 */
public record ReadReport(
        boolean complete, long items, long repeats, long windows, long pages, long calls, Duration throttled) {}
