/** The commands of {@code alerts}. */
@NullMarked
package io.github.defenderreactive.cli.internal.alerts;

import org.jspecify.annotations.NullMarked;
