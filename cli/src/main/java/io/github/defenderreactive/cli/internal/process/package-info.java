/** The end of the process: exit codes, signals and fatal errors. */
@NullMarked
package io.github.defenderreactive.cli.internal.process;

import org.jspecify.annotations.NullMarked;
