/** Connections to the service or to the built-in emulator, as their options describe them. */
@NullMarked
package io.github.defenderreactive.cli.internal.connect;

import org.jspecify.annotations.NullMarked;
