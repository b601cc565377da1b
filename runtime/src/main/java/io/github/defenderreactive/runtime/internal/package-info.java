/**
 * Files and texts of the user, checks of arguments, and calls of user code. Thread-safe. Not part of the API; the
 * packages after it in the order of the runtime may use it.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal;

import org.jspecify.annotations.NullMarked;
