/** The options and the run of commands that list or watch a collection. */
@NullMarked
package io.github.defenderreactive.cli.internal.streams;

import org.jspecify.annotations.NullMarked;
