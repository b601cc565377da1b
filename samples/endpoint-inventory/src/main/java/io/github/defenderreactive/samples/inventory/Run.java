package io.github.defenderreactive.samples.inventory;

import java.time.Instant;

/**
 * One run of a phase. A run that did not complete is continued with the same times.
 *
 * @param since start of the last complete run
 * @param began start of this run
 */
record Run(Instant since, Instant began) {}
