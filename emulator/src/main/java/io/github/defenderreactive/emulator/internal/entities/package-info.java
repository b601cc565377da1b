/** Files, domains, IP addresses and users as seen in alerts, and indicators. */
@NullMarked
package io.github.defenderreactive.emulator.internal.entities;

import org.jspecify.annotations.NullMarked;
