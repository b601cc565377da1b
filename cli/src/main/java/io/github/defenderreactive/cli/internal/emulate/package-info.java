/** The {@code emulator} command. */
@NullMarked
package io.github.defenderreactive.cli.internal.emulate;

import org.jspecify.annotations.NullMarked;
