/** Results as JSON lines or as a table. */
@NullMarked
package io.github.defenderreactive.cli.internal.output;

import org.jspecify.annotations.NullMarked;
