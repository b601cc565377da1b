/** Changes of a description by OpenAPI overlays. */
@NullMarked
package io.github.defenderreactive.codegen.internal.overlay;

import org.jspecify.annotations.NullMarked;
