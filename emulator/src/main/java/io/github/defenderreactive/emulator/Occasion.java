package io.github.defenderreactive.emulator;

import java.util.Set;

/**
 * Which calls something is for.
 *
 * @param operations ids of operations; empty for every operation of the API
 * @param firstCall number of the first call among those of the operations, from 1
 * @param times how many calls in a row
 */
record Occasion(Set<String> operations, int firstCall, int times) {

    static final Occasion FIRST_CALL = new Occasion(Set.of(), 1, 1);
    static final Occasion EVERY_CALL = FIRST_CALL.times(Integer.MAX_VALUE);

    Occasion on(String... operationIds) {
        return new Occasion(OperationIds.known(operationIds), firstCall, times);
    }

    Occasion fromCall(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("number must be >= 1, was " + number);
        }
        return new Occasion(operations, number, times);
    }

    Occasion times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be >= 1, was " + count);
        }
        return new Occasion(operations, firstCall, count);
    }

    /** Calls to the login service are meant only when they are named. */
    boolean concerns(String operationId) {
        return operations.isEmpty() ? !Journal.LOGIN.contains(operationId) : operations.contains(operationId);
    }

    boolean includes(long call) {
        return call >= firstCall && call - firstCall < times;
    }

    @Override
    public String toString() {
        return operations.isEmpty() ? "every operation" : String.join(", ", operations);
    }
}
