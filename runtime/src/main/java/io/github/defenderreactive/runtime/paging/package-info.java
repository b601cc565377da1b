/**
 * Collections as streams: strict demand, guards against lost and repeated items, continuation tokens.
 */
@NullMarked
package io.github.defenderreactive.runtime.paging;

import org.jspecify.annotations.NullMarked;
