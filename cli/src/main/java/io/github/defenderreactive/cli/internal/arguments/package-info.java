/** Arguments and environment variables, and the rejection of those that cannot work. */
@NullMarked
package io.github.defenderreactive.cli.internal.arguments;

import org.jspecify.annotations.NullMarked;
