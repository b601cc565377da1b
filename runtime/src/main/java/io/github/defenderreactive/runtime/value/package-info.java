/**
 * Values of generated models that the JDK has no type for. All types are immutable. The package does not depend on
 * another one.
 */
@NullMarked
package io.github.defenderreactive.runtime.value;

import org.jspecify.annotations.NullMarked;
