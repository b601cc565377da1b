package io.github.defenderreactive.emulator;

import org.jspecify.annotations.Nullable;

/**
 * A response on its way to the caller.
 *
 * @param fault the fault that the transport applies to it; null for none
 */
record Exchange(
        ServiceResponse response, CallRecord call, @Nullable FaultRule fault) {}
