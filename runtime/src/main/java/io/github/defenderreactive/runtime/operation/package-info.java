/**
 * The operations of an API: their facts from the API description, and {@link Call}, an operation with arguments. All
 * types except builders are immutable. Every package but {@code error}, {@code json} and {@code odata} may depend on
 * this one.
 */
@NullMarked
package io.github.defenderreactive.runtime.operation;

import org.jspecify.annotations.NullMarked;
