package io.github.defenderreactive.runtime.paging;

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
 * @since 0.1.0
 */
public record ReadReport(boolean complete, long items, long repeats, long windows, long pages, long calls) {}
