/**
 * Dates, encodings and secrets in the texts of HTTP, independent of a connection. All types are immutable or confined
 * to one call. Not part of the API; transport and pipeline may depend on it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.http;

import org.jspecify.annotations.NullMarked;
