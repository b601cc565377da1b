package io.github.defenderreactive.emulator.internal.rules;

import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.description.OperationIds;
import java.util.Set;

/**
 * Selects the calls that a rule applies to.
 *
 * @param operations ids of operations; empty for every operation of the APIs
 * @param firstCall number of the first call among those of the operations, from 1
 * @param times the number of calls in a row
 * @param byPath whether the calls of each path are counted separately
 */
public record CallSelector(Set<String> operations, int firstCall, int times, boolean byPath) {

    static final CallSelector FIRST_CALL = new CallSelector(Set.of(), 1, 1, false);
    static final CallSelector EVERY_CALL = FIRST_CALL.times(Integer.MAX_VALUE);

    public CallSelector on(String... operationIds) {
        return new CallSelector(OperationIds.known(operationIds), firstCall, times, byPath);
    }

    public CallSelector fromCall(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("number must be >= 1, was " + number);
        }
        return new CallSelector(operations, number, times, byPath);
    }

    public CallSelector times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be >= 1, was " + count);
        }
        return new CallSelector(operations, firstCall, count, byPath);
    }

    public CallSelector countedByPath() {
        return new CallSelector(operations, firstCall, times, true);
    }

    /** Returns whether calls of an operation count. Calls to the login service count only if they are named. */
    boolean concerns(String operationId) {
        return operations.isEmpty() ? !EndpointIds.SIGN_IN.contains(operationId) : operations.contains(operationId);
    }

    boolean includes(long call) {
        return call >= firstCall && call - firstCall < times;
    }

    @Override
    public String toString() {
        return operations.isEmpty() ? "every operation" : String.join(", ", operations);
    }
}
