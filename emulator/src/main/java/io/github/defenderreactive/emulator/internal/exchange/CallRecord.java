package io.github.defenderreactive.emulator.internal.exchange;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A received call and the progress of its response. Thread-safe. */
public final class CallRecord {

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

    public int number() {
        return number;
    }

    public Instant time() {
        return time;
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public String operationId() {
        return operationId;
    }

    public boolean authorized() {
        return authorized;
    }

    public int status() {
        return status;
    }

    public long bodyBytes() {
        return bodyBytes.get();
    }

    public boolean ended() {
        return ended;
    }

    public boolean closedEarly() {
        return closedEarly;
    }

    public void responded(int responseStatus) {
        status = responseStatus;
    }

    public void sent(long bytes) {
        bodyBytes.addAndGet(bytes);
    }

    public void end(boolean byCaller) {
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
