/** The form of a slice, and the common ground of all. */
@NullMarked
package io.github.defenderreactive.emulator.internal.slice;

import org.jspecify.annotations.NullMarked;
