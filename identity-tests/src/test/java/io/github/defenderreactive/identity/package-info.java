/** The credentials against authorization servers that others wrote. */
@org.jspecify.annotations.NullMarked
package io.github.defenderreactive.identity;
