/** The reference of operations in Markdown. */
@NullMarked
package io.github.defenderreactive.codegen.internal.reference;

import org.jspecify.annotations.NullMarked;
