/** Devices. */
@NullMarked
package io.github.defenderreactive.emulator.internal.machines;

import org.jspecify.annotations.NullMarked;
