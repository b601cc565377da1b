package io.github.defenderreactive.emulator.internal.rules;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import java.util.Map;

/**
 * A given response and the calls it applies to.
 *
 * @param status the status of the response; 0 for the operation's own status of success
 */
@SuppressWarnings("ArrayRecordComponent") // stubs are never compared
public record StubRule(int status, Map<String, String> headers, byte[] body, CallSelector calls) {

    private static final int NO_CONTENT = 204;

    public static StubRule of(String... operationIds) {
        return new StubRule(0, Map.of(), new byte[0], CallSelector.EVERY_CALL.on(operationIds));
    }

    public StubRule withStatus(int other) {
        return new StubRule(other, headers, body, calls);
    }

    public StubRule withHeader(String name, String value) {
        return new StubRule(status, GivenHeaders.with(headers, name, value), body, calls);
    }

    public StubRule withBody(byte[] other) {
        return new StubRule(status, headers, other, calls);
    }

    public StubRule withCalls(CallSelector other) {
        return new StubRule(status, headers, body, other);
    }

    /** Returns the response. A body turns a success without content into 200. */
    public ServiceResponse response(int success) {
        int usual = success == NO_CONTENT && body.length > 0 ? 200 : success;
        int sent = status == 0 ? usual : status;
        return new ServiceResponse(sent, headers, ResponseBody.of(sent == NO_CONTENT ? new byte[0] : body));
    }

    @Override
    public String toString() {
        return "stub" + (status == 0 ? "" : " " + status) + " of " + calls;
    }
}
