package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.description.OperationIds;
import io.github.defenderreactive.emulator.internal.exchange.CallLog;
import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import java.util.List;
import java.util.stream.Stream;

/**
 * The calls that the emulator received, in order of arrival. Contains no tokens, secrets or bodies. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Journal {

    private final CallLog log;

    Journal(CallLog log) {
        this.log = log;
    }

    /**
     * Returns all calls, those to the login service included.
     *
     * @return the entries in order of arrival, a copy of the list
     */
    public List<JournalEntry> calls() {
        return entries().toList();
    }

    /**
     * Returns the calls of one operation.
     *
     * @param operationId the operation, see {@link JournalEntry#operationId()}
     * @return its entries in order of arrival
     * @throws IllegalArgumentException if there is no operation of that id; the message names the nearest ids
     */
    public List<JournalEntry> calls(String operationId) {
        if (!operationId.isEmpty()) {
            OperationIds.known(operationId);
        }
        return entries()
                .filter(entry -> entry.operationId().equals(operationId))
                .toList();
    }

    /**
     * Returns the calls to the API, whatever their outcome, without those to the login service.
     *
     * @return their entries in order of arrival
     */
    public List<JournalEntry> apiCalls() {
        return entries()
                .filter(entry -> !EndpointIds.SIGN_IN.contains(entry.operationId())
                        && !entry.operationId().equals(EndpointIds.DOWNLOAD))
                .toList();
    }

    /**
     * Returns the number of token requests.
     *
     * @return the number of requests to the token endpoint, refused ones included
     */
    public int tokenRequests() {
        return calls(EndpointIds.TOKEN).size();
    }

    /**
     * Returns the number of body bytes of one operation that were written to sockets.
     *
     * @param operationId the operation
     * @return the sum over its calls
     * @throws IllegalArgumentException if there is no operation of that id; the message names the nearest ids
     */
    public long bodyBytes(String operationId) {
        return calls(operationId).stream().mapToLong(JournalEntry::bodyBytes).sum();
    }

    /**
     * Returns whether no exchange is in progress.
     *
     * @return true if every call has ended
     */
    public boolean idle() {
        return log.calls().stream().allMatch(CallRecord::ended);
    }

    /** Removes all calls. Exchanges in progress continue unrecorded. */
    public void clear() {
        log.clear();
    }

    private Stream<JournalEntry> entries() {
        return log.calls().stream().map(JournalEntry::new);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        log.calls().forEach(call -> text.append(call).append('\n'));
        return text.toString();
    }
}
