/** The command {@code crawl}, which calls every operation by its recipe. */
@NullMarked
package io.github.defenderreactive.cli.internal.crawl;

import org.jspecify.annotations.NullMarked;
