/** Standard output and standard error, and the protection of a terminal. */
@NullMarked
package io.github.defenderreactive.cli.internal.terminal;

import org.jspecify.annotations.NullMarked;
