package io.github.defenderreactive.emulator.internal.slice;

import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Clock;
import java.time.Instant;

/**
 * The common ground of all slices.
 *
 * @param clock the clock of the service, with its skew
 */
public record SliceContext(
        ServiceOptions options,
        Description description,
        Clock clock,
        Organisation organisation,
        ODataResponses responses) {

    public static SliceContext of(ServiceOptions options, Description description, Clock clock) {
        return new SliceContext(
                options,
                description,
                clock,
                new Organisation(options.seed(), options.tenantId(), options.size()),
                new ODataResponses(description, options.pageSize()));
    }

    /** Returns the time in the precision of the service. */
    public Instant now() {
        return Ticks.instant(Ticks.floor(clock.instant()));
    }
}
