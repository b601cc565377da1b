/**
 * Credentials of an OAuth 2.0 authority and their builders. {@link OAuthCredential} is their common type. Credentials
 * are thread-safe, builders are not. The package depends on the types of {@code auth} and not on a client.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.oauth;

import org.jspecify.annotations.NullMarked;
