package io.github.defenderreactive.emulator;

/** Carries out one operation of the description. */
@FunctionalInterface
interface OperationHandler {

    /**
     * Answers an admitted call.
     *
     * @throws Problem to refuse it
     */
    ServiceResponse answer(OperationCall call);
}
