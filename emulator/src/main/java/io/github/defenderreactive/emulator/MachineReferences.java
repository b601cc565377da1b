package io.github.defenderreactive.emulator;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Answers with the devices at the other end of a relation, in short. */
final class MachineReferences {

    private final Machines machines;
    private final Answers answers;

    MachineReferences(Machines machines, Answers answers) {
        this.machines = machines;
        this.answers = answers;
    }

    ServiceResponse of(OperationCall call, IntStream devices) {
        return of(call, devices, machines::reference);
    }

    ServiceResponse of(OperationCall call, IntStream devices, IntFunction<Entity> reference) {
        return answers.page(
                call,
                "MachineReferences",
                null,
                (filter, skip) -> devices.skip(skip).mapToObj(reference).iterator());
    }
}
