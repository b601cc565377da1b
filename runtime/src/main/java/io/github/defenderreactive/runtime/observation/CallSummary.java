package io.github.defenderreactive.runtime.observation;

import java.time.Duration;

/**
 * How a call went.
 *
 * @param outcome what it ended in
 * @param attempts wire attempts made, 0 when nothing was sent
 * @param items values emitted: the items of a page, or the one entity
 * @param time from subscribe to the end, all waits included
 * @since 0.1.0
 */
public record CallSummary(Outcome outcome, int attempts, long items, Duration time) {}
