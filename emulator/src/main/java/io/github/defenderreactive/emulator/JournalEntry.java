package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call the emulator received. Its numbers grow while the answer is being sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JournalEntry {

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

    JournalEntry(int number, Instant time, String method, String target, String operationId, boolean authorized) {
        this.number = number;
        this.time = time;
        this.method = method;
        this.target = target;
        this.operationId = operationId;
        this.authorized = authorized;
    }

    /**
     * The place of the call in the journal.
     *
     * @return 1 for the first call
     */
    public int number() {
        return number;
    }

    /**
     * When the call arrived, by the emulator's clock.
     *
     * @return the time
     */
    public Instant time() {
        return time;
    }

    /**
     * The HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Path and query as received; the query of a signed download link is left out.
     *
     * @return the request target
     */
    public String target() {
        return target;
    }

    /**
     * What was called.
     *
     * @return the operation id of the API description; {@code token}, {@code authorize}, {@code devicecode} and {@code
     *     keys} for the login service, {@code identity} for managed identities, {@code download} for signed links, empty
     *     for a path that nothing serves
     */
    public String operationId() {
        return operationId;
    }

    /**
     * Whether the call carried an {@code Authorization} header.
     *
     * @return true if it did
     */
    public boolean authorized() {
        return authorized;
    }

    /**
     * The status of the answer.
     *
     * @return the HTTP status; 0 when the connection was reset before one was sent
     */
    public int status() {
        return status;
    }

    /**
     * Bytes of the body, in its content coding, that the socket has taken so far. Zero without a transport.
     *
     * @return the number of bytes
     */
    public long bodyBytes() {
        return bodyBytes.get();
    }

    /**
     * Whether the exchange is over: answered to its end, closed by the caller or ended by a fault.
     *
     * @return true when nothing more will be sent
     */
    public boolean ended() {
        return ended;
    }

    /**
     * Whether the caller closed the connection before the whole body was sent.
     *
     * @return true if it did
     */
    public boolean closedEarly() {
        return closedEarly;
    }

    void answered(int answerStatus) {
        status = answerStatus;
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
