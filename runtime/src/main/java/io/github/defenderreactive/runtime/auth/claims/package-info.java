/**
 * Access tokens read and validated: their claims, the permissions they hold, and what a refusal may come from.
 */
@NullMarked
package io.github.defenderreactive.runtime.auth.claims;

import org.jspecify.annotations.NullMarked;
