/** The progress of a command on a terminal. */
@NullMarked
package io.github.defenderreactive.cli.internal.progress;

import org.jspecify.annotations.NullMarked;
