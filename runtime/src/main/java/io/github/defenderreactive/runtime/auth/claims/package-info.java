/**
 * The content of access tokens: {@link AccessTokenClaims} reads it, {@link AccessTokenValidator} validates it, and
 * {@link PermissionCheck} compares it with the permissions that operations need. All types except
 * builders are thread-safe.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.claims;

import org.jspecify.annotations.NullMarked;
