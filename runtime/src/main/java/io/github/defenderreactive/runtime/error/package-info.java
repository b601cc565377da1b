/**
 * What can go wrong: one unchecked root, transient or not, then by meaning.
 */
@NullMarked
package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.NullMarked;
