/**
 * Permits per quota group, so that a call waits here rather than being refused by the service.
 */
@NullMarked
package io.github.defenderreactive.runtime.ratelimit;

import org.jspecify.annotations.NullMarked;
