package io.github.defenderreactive.client.hunting;

import java.time.Instant;

/**
 * The figures of a read in windows of time.
 *
 * @param windows number of windows that were read completely
 * @param splits number of windows that reached a limit and were split into two
 * @param rows number of rows that were emitted
 * @param repeated number of rows that were received again and were not emitted again
 * @param completeUntil all rows before this time were emitted; the end of the range if the read completed. A later read
 *     can start from it
 * @since 0.1.0
 */
public record HuntingReport(long windows, long splits, long rows, long repeated, Instant completeUntil) {}
