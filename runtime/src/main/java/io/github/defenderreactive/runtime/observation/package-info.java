/**
 * What a call does while it runs, for metrics and traces, without a library for either.
 *
 * <p>Names that fit: {@code defender.call} and {@code defender.attempt} for times; {@code defender.limiter.wait} and
 * {@code defender.token.wait} for waits; as labels only {@code api}, {@code operation}, {@code quota}, {@code outcome},
 * {@code status} and {@code retry}, which take few values. Ids, filters and paths with ids do not occur here, so they
 * cannot become labels.
 */
@NullMarked
package io.github.defenderreactive.runtime.observation;

import org.jspecify.annotations.NullMarked;
