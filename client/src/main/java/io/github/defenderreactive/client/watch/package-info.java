/** Watching for ever without losing an item: what {@code alerts().watch(...)} takes and gives. */
@NullMarked
package io.github.defenderreactive.client.watch;

import org.jspecify.annotations.NullMarked;
