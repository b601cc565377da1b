/** The {@code completion} command. */
@NullMarked
package io.github.defenderreactive.cli.internal.shell;

import org.jspecify.annotations.NullMarked;
