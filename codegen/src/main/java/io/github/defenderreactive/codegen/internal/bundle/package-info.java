/** Bundling of a description of many files into one document. */
@NullMarked
package io.github.defenderreactive.codegen.internal.bundle;

import org.jspecify.annotations.NullMarked;
