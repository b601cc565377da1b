/**
 * Records of the rows received, in bounded memory. {@link PageRows} is the entry type. Not thread-safe: an instance is
 * confined to one read. Not part of the API; only {@code internal.paging} may depend on it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.rows;

import org.jspecify.annotations.NullMarked;
