/** The {@code defender} command: every operation from a shell. */
@NullMarked
package io.github.defenderreactive.cli;

import org.jspecify.annotations.NullMarked;
