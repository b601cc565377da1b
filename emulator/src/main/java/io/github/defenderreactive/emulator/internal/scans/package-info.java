/** Authenticated scans. */
@NullMarked
package io.github.defenderreactive.emulator.internal.scans;

import org.jspecify.annotations.NullMarked;
