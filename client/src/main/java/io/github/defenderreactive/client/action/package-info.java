/**
 * Response actions on devices from the request to the end: the requests, options, outcomes and errors of
 * {@code machineActions().action(...)}.
 */
@NullMarked
package io.github.defenderreactive.client.action;

import org.jspecify.annotations.NullMarked;
