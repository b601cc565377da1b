/**
 * Events of calls, for metrics and traces, independent of any library for them. {@link CallListener} is the entry
 * point; listeners of one call are invoked one after another, and must not block.
 *
 * <p>Recommended names: {@code defender.call} and {@code defender.attempt} for times; {@code defender.limiter.wait} and
 * {@code defender.token.wait} for waits; as labels only {@code api}, {@code operation}, {@code quota}, {@code outcome},
 * {@code status} and {@code retry}, which have few values. Ids, filters and paths with ids do not occur here, so they
 * cannot become labels.
 */
@NullMarked
package io.github.defenderreactive.runtime.observation;

import org.jspecify.annotations.NullMarked;
