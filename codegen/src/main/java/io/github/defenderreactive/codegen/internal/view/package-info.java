/** The data of each template: one view for each kind of generated file. */
@NullMarked
package io.github.defenderreactive.codegen.internal.view;

import org.jspecify.annotations.NullMarked;
