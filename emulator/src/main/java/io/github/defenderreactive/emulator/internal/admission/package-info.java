/** Checks of requests, and of the data of tests, against the API descriptions. */
@NullMarked
package io.github.defenderreactive.emulator.internal.admission;

import org.jspecify.annotations.NullMarked;
