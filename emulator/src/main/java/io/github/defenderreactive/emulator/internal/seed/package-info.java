/** Everything that is computed from the seed alone. */
@NullMarked
package io.github.defenderreactive.emulator.internal.seed;

import org.jspecify.annotations.NullMarked;
