/** The goals of the Maven plugin. */
@NullMarked
package io.github.defenderreactive.maven;

import org.jspecify.annotations.NullMarked;
