/**
 * One wire attempt: connection pools, timeouts of every phase, demand carried to the socket.
 */
@NullMarked
package io.github.defenderreactive.runtime.transport;

import org.jspecify.annotations.NullMarked;
