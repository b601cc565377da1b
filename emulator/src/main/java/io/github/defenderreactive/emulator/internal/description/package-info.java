/** The bundled API descriptions and the operations in them. */
@NullMarked
package io.github.defenderreactive.emulator.internal.description;

import org.jspecify.annotations.NullMarked;
