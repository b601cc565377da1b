/**
 * Access tokens: {@link io.github.defenderreactive.runtime.auth.TokenCredential} is the source of tokens, and
 * {@link io.github.defenderreactive.runtime.auth.TokenCache} shares them between callers. All types are thread-safe.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth;

import org.jspecify.annotations.NullMarked;
