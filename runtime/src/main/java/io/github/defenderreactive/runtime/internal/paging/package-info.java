/**
 * The implementation of {@link io.github.defenderreactive.runtime.paging.PagedFlux}. {@link PagedRead} is the entry
 * type: one subscription reads the pages, and a strategy determines their order. Plans and strategies are immutable,
 * the state of one read is confined to its drain loop. Not part of the API; only the pipeline may depend on it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.paging;

import org.jspecify.annotations.NullMarked;
