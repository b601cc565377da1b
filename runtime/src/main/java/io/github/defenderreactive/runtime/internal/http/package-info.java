/**
 * Dates, encodings and texts of HTTP, apart from any connection. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.http;

import org.jspecify.annotations.NullMarked;
