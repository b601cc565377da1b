/**
 * Continuous, at-least-once streams of new and changed items: the options, deliveries, events and stores of watches,
 * and {@link io.github.defenderreactive.client.watch.WatchSource} to watch other collections.
 */
@NullMarked
package io.github.defenderreactive.client.watch;

import org.jspecify.annotations.NullMarked;
