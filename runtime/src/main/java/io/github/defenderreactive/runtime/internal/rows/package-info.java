/**
 * Bounded memory of the rows that were received. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.rows;

import org.jspecify.annotations.NullMarked;
