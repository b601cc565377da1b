/**
 * The errors of the library: one unchecked root, {@link DefenderException}, with a transient and a non-transient branch
 * and one class for each meaning below them. Exceptions are immutable. Every package except {@code json} and
 * {@code odata} may depend on this one.
 */
@NullMarked
package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.NullMarked;
