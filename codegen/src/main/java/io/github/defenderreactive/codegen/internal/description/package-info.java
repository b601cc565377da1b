/** The API description as the generator reads it: elements with their place, schemas, unions and operations. */
@NullMarked
package io.github.defenderreactive.codegen.internal.description;

import org.jspecify.annotations.NullMarked;
