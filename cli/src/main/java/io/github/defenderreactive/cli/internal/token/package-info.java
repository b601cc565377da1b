/** The commands {@code token} and {@code permissions}. */
@NullMarked
package io.github.defenderreactive.cli.internal.token;

import org.jspecify.annotations.NullMarked;
