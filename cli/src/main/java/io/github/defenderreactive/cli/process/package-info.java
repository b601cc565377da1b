/** The end of the process: exit codes, signals and fatal errors. */
@NullMarked
package io.github.defenderreactive.cli.process;

import org.jspecify.annotations.NullMarked;
