/** The settings of a service. */
@NullMarked
package io.github.defenderreactive.emulator.internal.config;

import org.jspecify.annotations.NullMarked;
