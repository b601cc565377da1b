/** The commands {@code machine} and {@code action}. */
@NullMarked
package io.github.defenderreactive.cli.internal.actions;

import org.jspecify.annotations.NullMarked;
