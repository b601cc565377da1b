/** Response actions, the live response library and signed links. */
@NullMarked
package io.github.defenderreactive.emulator.internal.actions;

import org.jspecify.annotations.NullMarked;
