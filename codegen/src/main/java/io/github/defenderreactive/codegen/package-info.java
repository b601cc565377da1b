/**
 * Turns an API description into Java: bundles its source files into one and generates models and stubs over the
 * runtime.
 */
@NullMarked
package io.github.defenderreactive.codegen;

import org.jspecify.annotations.NullMarked;
