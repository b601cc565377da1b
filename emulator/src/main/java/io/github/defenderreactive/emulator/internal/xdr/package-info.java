/** Incidents through Microsoft Defender XDR. */
@NullMarked
package io.github.defenderreactive.emulator.internal.xdr;

import org.jspecify.annotations.NullMarked;
