package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;

/**
 * An action that serves a request.
 *
 * @param requested whether the request started it
 */
record Accepted(MachineAction action, boolean requested) {}
