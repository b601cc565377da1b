/**
 * Metrics and traces of calls and watches through Micrometer. Key values and tags take few values each; ids, filters,
 * addresses and messages of failures become none of them.
 */
@NullMarked
package io.github.defenderreactive.micrometer;

import org.jspecify.annotations.NullMarked;
