/**
 * Indicators kept in a desired state. The entry point is {@code DefenderClient.indicators().sync(...)}.
 */
@NullMarked
package io.github.defenderreactive.client.indicator;

import org.jspecify.annotations.NullMarked;
