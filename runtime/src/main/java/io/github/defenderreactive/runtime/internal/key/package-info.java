/**
 * Reads keys and certificates from files, in the formats that programs write: {@link KeyBundle}. Not thread-safe. Not
 * part of the API; depends on {@code internal} only.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.key;

import org.jspecify.annotations.NullMarked;
