package io.github.defenderreactive.emulator;

/** Carries out one operation of the description. */
@FunctionalInterface
interface OperationHandler {

    /**
     * ODataResponses an admitted call.
     *
     * @throws Problem to refuse it
     */
    ServiceResponse respond(OperationCall call);
}
