/**
 * Retry decisions, deadlines and delays of the pipeline. Not part of the API; used by {@code auth}, paging and the
 * pipeline.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.retry;

import org.jspecify.annotations.NullMarked;
