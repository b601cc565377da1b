package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;

/** Executes one operation of the description. */
@FunctionalInterface
public interface OperationHandler {

    /**
     * Responds to an admitted call.
     *
     * @throws Problem to refuse it
     */
    ServiceResponse respond(OperationCall call);
}
