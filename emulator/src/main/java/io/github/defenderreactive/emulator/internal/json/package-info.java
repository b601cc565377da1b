/** JSON values, written and read. */
@NullMarked
package io.github.defenderreactive.emulator.internal.json;

import org.jspecify.annotations.NullMarked;
