/**
 * The retry configuration of a client: {@link io.github.defenderreactive.runtime.retry.RetryPolicy}, which is
 * immutable.
 */
@NullMarked
package io.github.defenderreactive.runtime.retry;

import org.jspecify.annotations.NullMarked;
