/**
 * Single HTTP exchanges: connection pools, timeouts of each phase, and demand propagated to the socket.
 * {@link Transport} is the interface, {@link ReactorNettyTransport} the implementation. Transports are thread-safe;
 * responses are read on the event loop of their connection. Authentication, the pipeline and the client may depend on
 * this package.
 */
@NullMarked
package io.github.defenderreactive.runtime.transport;

import org.jspecify.annotations.NullMarked;
