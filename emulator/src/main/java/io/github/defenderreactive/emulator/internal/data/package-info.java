/** The data of the tenant as tests read and change it, one kind after the other. */
@NullMarked
package io.github.defenderreactive.emulator.internal.data;

import org.jspecify.annotations.NullMarked;
