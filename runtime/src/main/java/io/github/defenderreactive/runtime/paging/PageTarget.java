package io.github.defenderreactive.runtime.paging;

/**
 * One page to ask for.
 *
 * @param target path and query below the API root, as they go on the wire
 * @param offset rows skipped, for offset paging; else 0
 * @param before items of the pages before
 */
record PageTarget(String target, long offset, long before) {}
