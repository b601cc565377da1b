/**
 * The engine of paged reads, behind {@link io.github.defenderreactive.runtime.paging.PagedFlux}: one subscription walks the
 * pages, a strategy says how they follow one another. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.paging;

import org.jspecify.annotations.NullMarked;
