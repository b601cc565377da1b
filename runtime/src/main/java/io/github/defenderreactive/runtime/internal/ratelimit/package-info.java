/**
 * Permits of the rate limiter as the pipeline acquires them. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
