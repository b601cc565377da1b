package io.github.defenderreactive.emulator.internal.exchange;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The received calls in order of arrival. Thread-safe. */
public final class CallLog {

    private final List<CallRecord> calls = new CopyOnWriteArrayList<>();

    public synchronized CallRecord begin(
            Instant time, String method, String target, String operationId, boolean authorized) {
        CallRecord call = new CallRecord(calls.size() + 1, time, method, target, operationId, authorized);
        calls.add(call);
        return call;
    }

    public List<CallRecord> calls() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        calls.clear();
    }
}
