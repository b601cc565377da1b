/**
 * The local rate limiter, {@link RateLimiter}, which delays calls instead of letting the service reject them. It is
 * thread-safe and does not block. The pipeline acquires its permits.
 */
@NullMarked
package io.github.defenderreactive.runtime.ratelimit;

import org.jspecify.annotations.NullMarked;
