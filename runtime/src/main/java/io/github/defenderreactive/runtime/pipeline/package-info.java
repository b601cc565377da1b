/**
 * Execution of calls: deadline, retries, and for each attempt a permit, an access token, the transport, the mapping of
 * the status, and decoding. {@link Pipeline} is the entry type; {@link Downloads} fetches signed links. Both are
 * immutable and thread-safe. Only the client and generated code may depend on this package, the topmost of the runtime.
 */
@NullMarked
package io.github.defenderreactive.runtime.pipeline;

import org.jspecify.annotations.NullMarked;
