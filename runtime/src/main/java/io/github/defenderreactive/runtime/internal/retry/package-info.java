/**
 * Retry decisions, deadlines and waits of the pipeline. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.retry;

import org.jspecify.annotations.NullMarked;
