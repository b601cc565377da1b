/**
 * The content of continuation tokens. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.position;

import org.jspecify.annotations.NullMarked;
