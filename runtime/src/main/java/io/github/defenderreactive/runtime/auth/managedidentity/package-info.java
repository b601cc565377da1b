/**
 * {@link ManagedIdentityCredential}, a credential for programs that run on the platform. It is thread-safe.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.managedidentity;

import org.jspecify.annotations.NullMarked;
