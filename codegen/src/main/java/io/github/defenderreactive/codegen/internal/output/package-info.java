/** Rendering of templates and writing of files. */
@NullMarked
package io.github.defenderreactive.codegen.internal.output;

import org.jspecify.annotations.NullMarked;
