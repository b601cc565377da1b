package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the emulator was asked, in order of arrival. Never holds a token, a secret or a body. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Journal {

    /** What concerns signing in and not the API. */
    static final Set<String> LOGIN = Set.of(
            LoginRoute.Endpoint.TOKEN.id(),
            LoginRoute.Endpoint.AUTHORIZE.id(),
            LoginRoute.Endpoint.DEVICECODE.id(),
            LoginRoute.Endpoint.KEYS.id(),
            DefenderService.IDENTITY);

    private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();

    Journal() {}

    synchronized JournalEntry begin(
            Instant time, String method, String target, String operationId, boolean authorized) {
        JournalEntry entry = new JournalEntry(entries.size() + 1, time, method, target, operationId, authorized);
        entries.add(entry);
        return entry;
    }

    /**
     * All calls so far, those to the login service included.
     *
     * @return the entries in order of arrival, a copy of the list
     */
    public List<JournalEntry> calls() {
        return List.copyOf(entries);
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
        return entries.stream()
                .filter(entry -> entry.operationId().equals(operationId))
                .toList();
    }

    /**
     * The calls that went to the API, not to the login service, whatever their outcome.
     *
     * @return their entries in order of arrival
     */
    public List<JournalEntry> apiCalls() {
        return entries.stream()
                .filter(entry -> !LOGIN.contains(entry.operationId())
                        && !entry.operationId().equals(DefenderService.DOWNLOAD))
                .toList();
    }

    /**
     * How often a token was asked for.
     *
     * @return the number of requests to the token endpoint, refused ones included
     */
    public int tokenRequests() {
        return calls(DefenderService.TOKEN).size();
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
        return entries.stream().allMatch(JournalEntry::ended);
    }

    /** Forgets all calls. Exchanges still open go on unrecorded. */
    public synchronized void clear() {
        entries.clear();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }
}
