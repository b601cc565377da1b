/** Rewrites any valid description to the dialect that the generator reads. */
@NullMarked
package io.github.defenderreactive.codegen.internal.normalize;

import org.jspecify.annotations.NullMarked;
