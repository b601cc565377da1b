/**
 * Errors and bodies of the responses of an authority. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.authority;

import org.jspecify.annotations.NullMarked;
