package io.github.defenderreactive.emulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the service logic. Its body is made while it is read; a reader that stops early closes the body.
 *
 * @since 0.1.0
 */
public final class ServiceResponse {

    private final int status;
    private final Map<String, String> headers;
    private final ResponseBody body;
    private final @Nullable Fault wireFault;
    private final @Nullable JournalEntry entry;

    ServiceResponse(int status, Map<String, String> headers, ResponseBody body) {
        this(status, headers, body, null, null);
    }

    private ServiceResponse(
            int status,
            Map<String, String> headers,
            ResponseBody body,
            @Nullable Fault wireFault,
            @Nullable JournalEntry entry) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.wireFault = wireFault;
        this.entry = entry;
    }

    ServiceResponse journalled(JournalEntry journalEntry, @Nullable Fault fault) {
        return new ServiceResponse(status, headers, body, fault, journalEntry);
    }

    ServiceResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServiceResponse(status, more, body, wireFault, entry);
    }

    ServiceResponse withBody(ResponseBody other) {
        return new ServiceResponse(status, headers, other, wireFault, entry);
    }

    /**
     * The HTTP status.
     *
     * @return the status code
     */
    public int status() {
        return status;
    }

    /**
     * The headers of the answer.
     *
     * @return values by name, read-only
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body, with the content coding of the headers already applied.
     *
     * @return the body, to be read once
     */
    public ResponseBody body() {
        return body;
    }

    @Nullable
    Fault wireFault() {
        return wireFault;
    }

    @Nullable
    JournalEntry entry() {
        return entry;
    }
}
