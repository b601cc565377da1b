/** The command {@code hunt}. */
@NullMarked
package io.github.defenderreactive.cli.internal.hunting;

import org.jspecify.annotations.NullMarked;
