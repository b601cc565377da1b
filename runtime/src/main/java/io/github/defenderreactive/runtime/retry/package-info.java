/**
 * The retry configuration of a client: {@link RetryPolicy}, which is immutable.
 */
@NullMarked
package io.github.defenderreactive.runtime.retry;

import org.jspecify.annotations.NullMarked;
