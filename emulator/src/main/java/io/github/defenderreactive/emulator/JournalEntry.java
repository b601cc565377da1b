package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A received call. Its counters grow while the response is being sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JournalEntry {

    private final CallRecord call;

    JournalEntry(CallRecord call) {
        this.call = call;
    }

    /**
     * Returns the position of the call in the journal.
     *
     * @return 1 for the first call
     */
    public int number() {
        return call.number();
    }

    /**
     * Returns the time of arrival, by the clock of the emulator.
     *
     * @return the time
     */
    public Instant time() {
        return call.time();
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return call.method();
    }

    /**
     * Returns path and query as received, without the query of a signed download link.
     *
     * @return the request target
     */
    public String target() {
        return call.target();
    }

    /**
     * Returns the id of the called operation or endpoint.
     *
     * @return the operation id of the API description; {@code token}, {@code authorize}, {@code devicecode} and {@code
     *     keys} for the login service, {@code identity} for managed identities, {@code download} for signed links,
     *     empty for a path that nothing serves
     */
    public String operationId() {
        return call.operationId();
    }

    /**
     * Returns whether the call had an {@code Authorization} header.
     *
     * @return true if it did
     */
    public boolean authorized() {
        return call.authorized();
    }

    /**
     * Returns the status of the response.
     *
     * @return the HTTP status; 0 if the connection was reset before one was sent
     */
    public int status() {
        return call.status();
    }

    /**
     * Returns the number of bytes of the body, in its content coding, that were written to the socket. Zero without a
     * transport.
     *
     * @return the number of bytes
     */
    public long bodyBytes() {
        return call.bodyBytes();
    }

    /**
     * Returns whether the exchange has ended: fully sent, closed by the caller or ended by a fault.
     *
     * @return true if nothing more will be sent
     */
    public boolean ended() {
        return call.ended();
    }

    /**
     * Returns whether the caller closed the connection before the whole body was sent.
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
