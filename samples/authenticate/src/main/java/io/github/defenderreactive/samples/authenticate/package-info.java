/** Every way to a token, as the documentation shows it. */
@org.jspecify.annotations.NullMarked
package io.github.defenderreactive.samples.authenticate;
