/** Alerts, evidence, incidents and investigations. */
@NullMarked
package io.github.defenderreactive.emulator.internal.alerts;

import org.jspecify.annotations.NullMarked;
