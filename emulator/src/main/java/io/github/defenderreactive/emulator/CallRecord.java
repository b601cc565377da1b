package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A received call and the progress of its response. Thread-safe. */
final class CallRecord {

    private final int number;
    private final Instant time;
    private final String method;
    private final String target;
    private final String operationId;
    private final boolean authorized;
    private final AtomicLong bodyBytes = new AtomicLong();
    private volatile int status;
    private volatile boolean ended;
    private volatile boolean closedEarly;

    CallRecord(int number, Instant time, String method, String target, String operationId, boolean authorized) {
        this.number = number;
        this.time = time;
        this.method = method;
        this.target = target;
        this.operationId = operationId;
        this.authorized = authorized;
    }

    int number() {
        return number;
    }

    Instant time() {
        return time;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String operationId() {
        return operationId;
    }

    boolean authorized() {
        return authorized;
    }

    int status() {
        return status;
    }

    long bodyBytes() {
        return bodyBytes.get();
    }

    boolean ended() {
        return ended;
    }

    boolean closedEarly() {
        return closedEarly;
    }

    void responded(int responseStatus) {
        status = responseStatus;
    }

    void sent(long bytes) {
        bodyBytes.addAndGet(bytes);
    }

    void end(boolean byCaller) {
        if (!ended) {
            closedEarly = byCaller;
            ended = true;
        }
    }

    @Override
    public String toString() {
        return number + " " + method + " " + target + " [" + operationId + "] " + status + ", " + bodyBytes + " bytes"
                + (closedEarly ? ", closed early" : ended ? "" : ", open");
    }
}
