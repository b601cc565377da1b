/** Exports of the inventory, security baselines and the health of antivirus. */
@NullMarked
package io.github.defenderreactive.emulator.internal.exports;

import org.jspecify.annotations.NullMarked;
