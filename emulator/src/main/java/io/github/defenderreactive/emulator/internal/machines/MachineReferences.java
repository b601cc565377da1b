package io.github.defenderreactive.emulator.internal.machines;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Responses with the devices of a relation, in short form. */
public final class MachineReferences {

    private final Machines machines;
    private final ODataResponses responses;

    public MachineReferences(Machines machines, ODataResponses responses) {
        this.machines = machines;
        this.responses = responses;
    }

    public ServiceResponse of(OperationCall call, IntStream devices) {
        return of(call, devices, machines::reference);
    }

    public ServiceResponse of(OperationCall call, IntStream devices, IntFunction<Entity> reference) {
        return responses.page(
                call,
                "MachineReferences",
                null,
                (filter, skip) -> devices.skip(skip).mapToObj(reference).iterator());
    }
}
