/**
 * Errors and bodies of the responses of an authority. Not part of the API; used by {@code auth} and the packages that
 * request tokens.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.authority;

import org.jspecify.annotations.NullMarked;
