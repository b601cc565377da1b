/** The commands {@code operations}, {@code call} and {@code download}. */
@NullMarked
package io.github.defenderreactive.cli.internal.operations;

import org.jspecify.annotations.NullMarked;
