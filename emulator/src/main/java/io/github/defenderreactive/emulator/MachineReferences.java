package io.github.defenderreactive.emulator;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** ODataResponses with the devices at the other end of a relation, in short. */
final class MachineReferences {

    private final Machines machines;
    private final ODataResponses responses;

    MachineReferences(Machines machines, ODataResponses responses) {
        this.machines = machines;
        this.responses = responses;
    }

    ServiceResponse of(OperationCall call, IntStream devices) {
        return of(call, devices, machines::reference);
    }

    ServiceResponse of(OperationCall call, IntStream devices, IntFunction<Entity> reference) {
        return responses.page(
                call,
                "MachineReferences",
                null,
                (filter, skip) -> devices.skip(skip).mapToObj(reference).iterator());
    }
}
