/**
 * Responses that are passed on while they are received, without pages. Not part of the API; only {@code pipeline} may
 * depend on it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.stream;

import org.jspecify.annotations.NullMarked;
