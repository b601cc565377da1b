/**
 * Continuous, at-least-once alert streams: the options, deliveries, events and stores of {@code alerts().watch(...)}.
 */
@NullMarked
package io.github.defenderreactive.client.watch;

import org.jspecify.annotations.NullMarked;
