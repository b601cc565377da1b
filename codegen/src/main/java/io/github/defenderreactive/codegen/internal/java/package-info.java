/** Java names, types, comments and imports of generated code. */
@NullMarked
package io.github.defenderreactive.codegen.internal.java;

import org.jspecify.annotations.NullMarked;
