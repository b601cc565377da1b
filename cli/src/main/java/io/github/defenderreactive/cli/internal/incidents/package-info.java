/** The commands of {@code incidents}. */
@NullMarked
package io.github.defenderreactive.cli.internal.incidents;

import org.jspecify.annotations.NullMarked;
