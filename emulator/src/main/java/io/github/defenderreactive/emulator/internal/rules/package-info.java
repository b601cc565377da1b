/** Faults and stubs, and the calls they apply to. */
@NullMarked
package io.github.defenderreactive.emulator.internal.rules;

import org.jspecify.annotations.NullMarked;
