package io.github.defenderreactive.runtime.observation;

import java.time.Duration;

/**
 * How an attempt went.
 *
 * @param number its number, from 1
 * @param outcome what it ended in
 * @param status the HTTP status, 0 when no answer arrived
 * @param time from sending to the last byte read, waits for demand included
 * @param bytes bytes of the answer's body that were read, without content coding
 * @since 0.1.0
 */
public record AttemptSummary(int number, Outcome outcome, int status, Duration time, long bytes) {}
