/** Advanced hunting. */
@NullMarked
package io.github.defenderreactive.emulator.internal.hunting;

import org.jspecify.annotations.NullMarked;
