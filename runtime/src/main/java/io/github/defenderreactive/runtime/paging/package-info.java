/**
 * Paged reads of collections. {@link PagedFlux} is the entry type; it keeps strictly to demand, detects lost and
 * repeated items and provides continuation tokens. A {@code PagedFlux} is immutable and thread-safe; signals of one
 * subscription are serialized. The pipeline, the client and generated code may depend on this package.
 */
@NullMarked
package io.github.defenderreactive.runtime.paging;

import org.jspecify.annotations.NullMarked;
