/**
 * Access tokens: {@link TokenCredential} is the source of tokens, and {@link TokenCache} shares them between callers.
 * All types except builders are thread-safe.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth;

import org.jspecify.annotations.NullMarked;
