/**
 * The credential of a managed identity, for programs on the platform.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.managedidentity;

import org.jspecify.annotations.NullMarked;
