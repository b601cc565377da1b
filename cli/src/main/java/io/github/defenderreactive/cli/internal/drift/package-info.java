/** The command that compares responses of the service with the API descriptions. */
@NullMarked
package io.github.defenderreactive.cli.internal.drift;

import org.jspecify.annotations.NullMarked;
