package io.github.defenderreactive.emulator;

import java.time.Clock;
import java.time.Instant;

/**
 * The common ground of all slices.
 *
 * @param clock the clock of the service, with its skew
 */
record SliceContext(
        ServiceOptions options,
        Description description,
        Clock clock,
        Organisation organisation,
        ODataResponses responses) {

    static SliceContext of(ServiceOptions options, Description description, Clock clock) {
        return new SliceContext(
                options,
                description,
                clock,
                new Organisation(options.seed(), options.tenantId(), options.size()),
                new ODataResponses(description, options.pageSize()));
    }

    /** Returns the time in the precision of the service. */
    Instant now() {
        return Ticks.instant(Ticks.floor(clock.instant()));
    }
}
