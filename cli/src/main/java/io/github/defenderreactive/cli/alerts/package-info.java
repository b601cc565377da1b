/** The commands of {@code alerts}. */
@NullMarked
package io.github.defenderreactive.cli.alerts;

import org.jspecify.annotations.NullMarked;
