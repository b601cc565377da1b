/** Alerts and incidents through Microsoft Graph. */
@NullMarked
package io.github.defenderreactive.emulator.internal.graph;

import org.jspecify.annotations.NullMarked;
