/**
 * Credentials of an OAuth 2.0 authority, and their builders. Depends on the cache's types and never on a client.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.oauth;

import org.jspecify.annotations.NullMarked;
