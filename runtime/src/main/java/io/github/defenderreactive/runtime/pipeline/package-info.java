/**
 * A call from outside in: deadline, retry, and for each attempt permit, token, transport, status, decoding.
 */
@NullMarked
package io.github.defenderreactive.runtime.pipeline;

import org.jspecify.annotations.NullMarked;
