/**
 * The tokens in the responses of a token endpoint. Not part of the API; used by the credentials.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.token;

import org.jspecify.annotations.NullMarked;
