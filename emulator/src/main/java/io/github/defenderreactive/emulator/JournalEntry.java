package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call the emulator received. Its numbers grow while the answer is being sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JournalEntry {

    private final CallRecord call;

    JournalEntry(CallRecord call) {
        this.call = call;
    }

    /**
     * The place of the call in the journal.
     *
     * @return 1 for the first call
     */
    public int number() {
        return call.number();
    }

    /**
     * When the call arrived, by the emulator's clock.
     *
     * @return the time
     */
    public Instant time() {
        return call.time();
    }

    /**
     * The HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return call.method();
    }

    /**
     * Path and query as received; the query of a signed download link is left out.
     *
     * @return the request target
     */
    public String target() {
        return call.target();
    }

    /**
     * What was called.
     *
     * @return the operation id of the API description; {@code token}, {@code authorize}, {@code devicecode} and {@code
     *     keys} for the login service, {@code identity} for managed identities, {@code download} for signed links, empty
     *     for a path that nothing serves
     */
    public String operationId() {
        return call.operationId();
    }

    /**
     * Whether the call carried an {@code Authorization} header.
     *
     * @return true if it did
     */
    public boolean authorized() {
        return call.authorized();
    }

    /**
     * The status of the answer.
     *
     * @return the HTTP status; 0 when the connection was reset before one was sent
     */
    public int status() {
        return call.status();
    }

    /**
     * Bytes of the body, in its content coding, that the socket has taken so far. Zero without a transport.
     *
     * @return the number of bytes
     */
    public long bodyBytes() {
        return call.bodyBytes();
    }

    /**
     * Whether the exchange is over: answered to its end, closed by the caller or ended by a fault.
     *
     * @return true when nothing more will be sent
     */
    public boolean ended() {
        return call.ended();
    }

    /**
     * Whether the caller closed the connection before the whole body was sent.
     *
     * @return true if it did
     */
    public boolean closedEarly() {
        return call.closedEarly();
    }

    /**
     * Compares by identity of the call: the journal returns equal entries for the same call.
     *
     * @param other the object to compare with
     * @return true if it is an entry of the same call
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JournalEntry entry && call == entry.call;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(call);
    }

    @Override
    public String toString() {
        return call.toString();
    }
}
