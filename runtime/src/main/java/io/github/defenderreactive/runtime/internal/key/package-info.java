/**
 * Keys and certificates of files, in the forms in which programs write them. Not part of the API.
 */
@NullMarked
package io.github.defenderreactive.runtime.internal.key;

import org.jspecify.annotations.NullMarked;
