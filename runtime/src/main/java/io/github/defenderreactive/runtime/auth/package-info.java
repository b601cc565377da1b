/**
 * Access tokens: how to prove identity, and the cache that asks once for all callers.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth;

import org.jspecify.annotations.NullMarked;
