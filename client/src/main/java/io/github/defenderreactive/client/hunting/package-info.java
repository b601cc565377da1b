/**
 * Hunting: queries with safely bound values, their rows as a stream, and time ranges of any size. The entry point is
 * {@link io.github.defenderreactive.client.hunting.Hunting}.
 */
@NullMarked
package io.github.defenderreactive.client.hunting;

import org.jspecify.annotations.NullMarked;
