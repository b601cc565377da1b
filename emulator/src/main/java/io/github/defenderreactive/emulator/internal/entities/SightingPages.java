package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.Sightings;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** The responses with the sightings of an entity: its alerts, its devices and its statistics. */
final class SightingPages {

    private static final int DEFAULT_LOOK_BACK_HOURS = 720;

    private final Sightings sightings;
    private final Machines machines;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    SightingPages(Sightings sightings, Machines machines, ODataResponses responses, Supplier<Instant> now) {
        this.sightings = sightings;
        this.machines = machines;
        this.responses = responses;
        this.now = now;
    }

    ServiceResponse alerts(OperationCall call, Function<String, LongPredicate> evidence) {
        return responses.page(
                call,
                "Alerts",
                null,
                (filter, skip) ->
                        sightings.alerts(evidence.apply(call.id())).skip(skip).iterator());
    }

    ServiceResponse machines(OperationCall call, Function<String, LongPredicate> evidence, long most) {
        return responses.page(
                call,
                "Machines",
                null,
                (filter, skip) -> sightings
                        .devices(evidence.apply(call.id()))
                        .limit(most)
                        .skip(skip)
                        .mapToObj(machines::entity)
                        .iterator());
    }

    /** Returns the sightings of the evidence in the window of the statistics. */
    Sightings.Seen seen(OperationCall call, LongPredicate evidence) {
        Integer hours = ODataResponses.integer(call, "lookBackHours", 1);
        return sightings.seen(
                evidence, now.get().minus(Duration.ofHours(hours == null ? DEFAULT_LOOK_BACK_HOURS : hours)));
    }
}
