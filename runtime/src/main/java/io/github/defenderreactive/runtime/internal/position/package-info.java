/**
 * The content of continuation tokens. {@link PagePosition} is the entry type; all types are immutable. Not part of the
 * API; the paging packages may depend on it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.position;

import org.jspecify.annotations.NullMarked;
