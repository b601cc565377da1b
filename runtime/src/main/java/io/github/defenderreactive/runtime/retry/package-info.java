/**
 * Which attempts are repeated, and after what wait.
 */
@NullMarked
package io.github.defenderreactive.runtime.retry;

import org.jspecify.annotations.NullMarked;
