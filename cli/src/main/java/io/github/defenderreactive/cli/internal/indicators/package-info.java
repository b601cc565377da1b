/** The commands of {@code indicators}. */
@NullMarked
package io.github.defenderreactive.cli.internal.indicators;

import org.jspecify.annotations.NullMarked;
