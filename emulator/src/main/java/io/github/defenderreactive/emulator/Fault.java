package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.admission.QuotaMeter;
import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * One way to go wrong, and the calls it strikes. Immutable: every method answers a new fault.
 *
 * <p>By default a fault strikes the first call of any operation of the API, once. {@link #on}, {@link #onToken}, {@link
 * #fromCall} and {@link #times} say otherwise.
 *
 * @since 0.1.0
 */
public final class Fault {

    private final FaultRule rule;

    private Fault(FaultRule rule) {
        this.rule = rule;
    }

    private static Fault of(FaultRule.Kind kind, long amount) {
        return new Fault(FaultRule.of(kind, amount));
    }

    /**
     * An answer of the given status with an error body of the service's form. On the token endpoint the body has that
     * endpoint's form.
     *
     * @param status the HTTP status, 200 to 599
     * @return the fault
     */
    public static Fault status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("Not an answer's status: " + status);
        }
        return new Fault(FaultRule.of(FaultRule.Kind.STATUS, 0).withStatus(status));
    }

    /**
     * The service's 429, with {@code Retry-After} and the seconds also in the message, in the error form of the API that
     * the call is for.
     *
     * @param retryAfter how long to wait, sent in whole seconds
     * @return the fault
     */
    public static Fault throttled(Duration retryAfter) {
        long seconds = notNegative(retryAfter.toSeconds());
        return new Fault(status(429)
                .header("Retry-After", Long.toString(seconds))
                .rule
                .withMessage(QuotaMeter.message(100, 1, seconds)));
    }

    /**
     * A page of HTML with status 200, as gateways and captive portals send it.
     *
     * @return the fault
     */
    public static Fault html() {
        return status(200).body("text/html; charset=utf-8", "<!DOCTYPE html><html><body>Please sign in</body></html>");
    }

    /**
     * A JSON document that is none, with status 200.
     *
     * @return the fault
     */
    public static Fault garbage() {
        return status(200).body("application/json", "{\"value\":[{\"id\": unquoted, ");
    }

    /**
     * The connection is reset instead of an answer; the call has no effect.
     *
     * @return the fault
     */
    public static Fault resetBeforeHeaders() {
        return of(FaultRule.Kind.RESET_BEFORE_HEADERS, 0);
    }

    /**
     * The connection is reset within the body.
     *
     * @param bodyBytes how much of the body is sent before
     * @return the fault
     */
    public static Fault resetAfter(long bodyBytes) {
        return of(FaultRule.Kind.RESET, notNegative(bodyBytes));
    }

    /**
     * The answer ends in good order, but too early.
     *
     * @param bodyBytes how much of the body is sent
     * @return the fault
     */
    public static Fault truncatedAfter(long bodyBytes) {
        return of(FaultRule.Kind.TRUNCATE, notNegative(bodyBytes));
    }

    /**
     * Nothing more is sent after a part of the body, and the connection stays open.
     *
     * @param bodyBytes how much of the body is sent before
     * @return the fault
     */
    public static Fault stalledAfter(long bodyBytes) {
        return of(FaultRule.Kind.STALL, notNegative(bodyBytes));
    }

    /**
     * The body is sent slowly, in steps of 50 ms.
     *
     * @param bytesPerSecond the pace, at least 20
     * @return the fault
     */
    public static Fault paced(long bytesPerSecond) {
        if (bytesPerSecond < 20) {
            throw new IllegalArgumentException("Slower than a byte a step: " + bytesPerSecond);
        }
        return of(FaultRule.Kind.PACE, bytesPerSecond);
    }

    /**
     * The answer, headers included, comes late.
     *
     * @param delay how late
     * @return the fault
     */
    public static Fault delayed(Duration delay) {
        return of(FaultRule.Kind.DELAY, notNegative(delay.toMillis()));
    }

    /**
     * The page's next link leads to the page itself.
     *
     * @return the fault
     */
    public static Fault loopedNextLink() {
        return of(FaultRule.Kind.LOOP, 0);
    }

    /**
     * The page's next link names another host.
     *
     * @param root scheme, host and port of the link
     * @return the fault
     */
    public static Fault foreignNextLink(URI root) {
        return new Fault(
                FaultRule.of(FaultRule.Kind.FOREIGN_LINK, 0).withLinkRoot(Objects.requireNonNull(root, "root")));
    }

    /**
     * Sets a header of the response of {@link #status}.
     *
     * @param name header name
     * @param value header value
     * @return the fault with the header
     * @throws IllegalArgumentException if name or value cannot be sent
     */
    public Fault header(String name, String value) {
        return new Fault(rule.withHeader(name, value));
    }

    /**
     * Replaces the body of the answer of {@link #status}.
     *
     * @param contentType its type
     * @param text its text
     * @return the fault with the body
     */
    public Fault body(String contentType, String text) {
        return new Fault(rule.withHeader("Content-Type", contentType).withBody(text));
    }

    /**
     * Strikes calls of these operations only. {@link #fromCall} counts only these, too.
     *
     * @param operationIds operation ids as {@link JournalEntry#operationId()} has them; none for every operation of the
     *     API
     * @return the fault for the operations
     * @throws IllegalArgumentException if there is no operation of that id; the message names the nearest ids
     */
    public Fault on(String... operationIds) {
        return new Fault(rule.withCalls(rule.calls().on(operationIds)));
    }

    /**
     * Only requests for a token are struck.
     *
     * @return the fault for the token endpoint
     */
    public Fault onToken() {
        return on(EndpointIds.TOKEN);
    }

    /**
     * The first call to strike, counted from the moment the fault was added, among those that {@link #on} names.
     *
     * @param number 1 for the first call
     * @return the fault from that call on
     */
    public Fault fromCall(int number) {
        return new Fault(rule.withCalls(rule.calls().fromCall(number)));
    }

    /**
     * How many calls in a row are struck.
     *
     * @param count the number of calls
     * @return the fault that strikes so often
     */
    public Fault times(int count) {
        return new Fault(rule.withCalls(rule.calls().times(count)));
    }

    /**
     * Strikes every call until {@link Faults#clear()}.
     *
     * @return the lasting fault
     */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    FaultRule rule() {
        return rule;
    }

    private static long notNegative(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("Negative: " + amount);
        }
        return amount;
    }

    @Override
    public String toString() {
        return rule.toString();
    }
}
