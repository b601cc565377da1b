/** Received calls and their responses on the way. */
@NullMarked
package io.github.defenderreactive.emulator.internal.exchange;

import org.jspecify.annotations.NullMarked;
