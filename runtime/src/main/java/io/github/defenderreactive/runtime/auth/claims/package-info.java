/**
 * The content of access tokens: {@link io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims} reads it,
 * {@link io.github.defenderreactive.runtime.auth.claims.AccessTokenValidator} validates it, and
 * {@link io.github.defenderreactive.runtime.auth.claims.PermissionCheck} compares it with the permissions that
 * operations need. All types are thread-safe.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.claims;

import org.jspecify.annotations.NullMarked;
