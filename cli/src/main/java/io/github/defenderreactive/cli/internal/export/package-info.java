/** The command that exports inventories and assessments. */
@NullMarked
package io.github.defenderreactive.cli.internal.export;

import org.jspecify.annotations.NullMarked;
