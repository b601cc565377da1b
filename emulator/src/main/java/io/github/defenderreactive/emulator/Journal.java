package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.description.OperationIds;
import io.github.defenderreactive.emulator.internal.exchange.CallLog;
import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the emulator was asked, in order of arrival. Never holds a token, a secret or a body. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Journal {

    private final CallLog log;

    Journal(CallLog log) {
        this.log = log;
    }

    /**
     * All calls so far, those to the login service included.
     *
     * @return the entries in order of arrival, a copy of the list
     */
    public List<JournalEntry> calls() {
        return entries().toList();
    }

    /**
     * The calls of one operation.
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
     * The calls that went to the API, not to the login service, whatever their outcome.
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
     * How often a token was asked for.
     *
     * @return the number of requests to the token endpoint, refused ones included
     */
    public int tokenRequests() {
        return calls(EndpointIds.TOKEN).size();
    }

    /**
     * Body bytes of one operation that sockets took so far.
     *
     * @param operationId the operation
     * @return the sum over its calls
     * @throws IllegalArgumentException if there is no operation of that id; the message names the nearest ids
     */
    public long bodyBytes(String operationId) {
        return calls(operationId).stream().mapToLong(JournalEntry::bodyBytes).sum();
    }

    /**
     * Whether no exchange is open.
     *
     * @return true when every call so far has ended
     */
    public boolean idle() {
        return log.calls().stream().allMatch(CallRecord::ended);
    }

    /** Forgets all calls. Exchanges still open go on unrecorded. */
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
