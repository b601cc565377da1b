package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.rules.StubRule;
import org.jspecify.annotations.Nullable;

/**
 * A response that replaces that of the emulator. Immutable: every method returns a new stub.
 *
 * <p>The call is admitted as always: its token, permission, parameters and body are checked, and faults apply. Only the
 * operation itself is skipped. By default a stub responds to every call, with the operation's status of success and no
 * body.
 *
 * <pre>{@code
 * emulator.stubs().add(Stub.of("getMachine").json(Map.of("id", "1", "newMember", true)));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Stub {

    private final StubRule rule;

    private Stub(StubRule rule) {
        this.rule = rule;
    }

    /**
     * Creates a stub for calls of one or more operations.
     *
     * @param operationIds operation ids as {@link JournalEntry#operationId()} has them
     * @return the stub
     * @throws IllegalArgumentException if none is given, or there is no operation of that id; the message names the
     *     nearest ids
     */
    public static Stub of(String... operationIds) {
        if (operationIds.length == 0) {
            throw new IllegalArgumentException("operationIds must not be empty");
        }
        return new Stub(StubRule.of(operationIds));
    }

    /**
     * Sets a JSON body. It is sent as given, unlike the data of a {@link Tenant}, which is checked.
     *
     * @param value a Map, a Collection, a text, a number, a boolean, a time, null, or anything that writes itself as
     *     JSON, such as a model of the client
     * @return the stub with the body and its content type
     * @throws IllegalArgumentException if the value is not JSON; the message names the place in it
     */
    public Stub json(@Nullable Object value) {
        return body("application/json; charset=utf-8", Values.bytes(JsonData.of("body", value)));
    }

    /**
     * Sets the body.
     *
     * @param contentType its type
     * @param text its text, sent in UTF-8
     * @return the stub with the body
     */
    public Stub body(String contentType, String text) {
        return body(contentType, Values.utf8(text));
    }

    /**
     * Sets the body.
     *
     * @param contentType its type
     * @param bytes its bytes
     * @return the stub with the body
     */
    public Stub body(String contentType, byte[] bytes) {
        return new Stub(rule.withHeader("Content-Type", contentType).withBody(bytes.clone()));
    }

    /**
     * Sets the status.
     *
     * @param code the HTTP status, 200 to 599; default the operation's own status of success
     * @return the stub with the status
     */
    public Stub status(int code) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("code must be from 200 to 599, was " + code);
        }
        return new Stub(rule.withStatus(code));
    }

    /**
     * Sets a header.
     *
     * @param name header name
     * @param value header value
     * @return the stub with the header
     * @throws IllegalArgumentException if name or value cannot be sent
     */
    public Stub header(String name, String value) {
        return new Stub(rule.withHeader(name, value));
    }

    /**
     * Sets the first call to respond to, counted from the moment the stub was added, among those of its operations.
     *
     * @param number 1, the default, for the first call
     * @return the stub from that call on
     */
    public Stub fromCall(int number) {
        return new Stub(rule.withCalls(rule.calls().fromCall(number)));
    }

    /**
     * Sets the number of calls in a row to respond to.
     *
     * @param count the number of calls, 1 or more; default every call until {@link Stubs#clear()}
     * @return the stub for so many calls
     */
    public Stub times(int count) {
        return new Stub(rule.withCalls(rule.calls().times(count)));
    }

    StubRule rule() {
        return rule;
    }

    @Override
    public String toString() {
        return rule.toString();
    }
}
