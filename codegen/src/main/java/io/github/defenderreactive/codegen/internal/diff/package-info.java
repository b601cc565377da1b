/** The comparison of two descriptions by the Java code that is generated from them. */
@NullMarked
package io.github.defenderreactive.codegen.internal.diff;

import org.jspecify.annotations.NullMarked;
