/**
 * Metrics and traces of calls and watches through Micrometer. {@link MicrometerCallListener} and
 * {@link MicrometerWatchListener} are the entry types, both are thread-safe. Tags have few values each; ids, filters,
 * addresses and error messages are never used as tags. Only applications should depend on this package.
 */
@NullMarked
package io.github.defenderreactive.micrometer;

import org.jspecify.annotations.NullMarked;
