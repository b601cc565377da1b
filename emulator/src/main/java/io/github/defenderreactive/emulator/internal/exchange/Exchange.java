package io.github.defenderreactive.emulator.internal.exchange;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import org.jspecify.annotations.Nullable;

/**
 * A response before it is sent to the caller.
 *
 * @param fault the fault that the transport applies to it; null for none
 */
public record Exchange(
        ServiceResponse response, CallRecord call, @Nullable FaultRule fault) {}
