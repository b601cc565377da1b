/**
 * The permits of the rate limiter, as the pipeline acquires them: {@link Permits}. Thread-safe. Not part of the API;
 * used by {@code ratelimit} and the pipeline.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
