/** The programs of the documentation. */
@NullMarked
package io.github.defenderreactive.samples.quickstart;

import org.jspecify.annotations.NullMarked;
