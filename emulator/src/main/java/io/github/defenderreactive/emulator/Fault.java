package io.github.defenderreactive.emulator;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to go wrong, and the calls it strikes. Immutable: every method answers a new fault.
 *
 * <p>By default a fault strikes the first call of any operation of the API, once. {@link #on}, {@link #onToken}, {@link
 * #fromCall} and {@link #times} say otherwise.
 *
 * @since 0.1.0
 */
public final class Fault {

    /** What happens. */
    enum Kind {
        STATUS,
        RESET_BEFORE_HEADERS,
        RESET,
        TRUNCATE,
        STALL,
        PACE,
        DELAY,
        LOOP,
        FOREIGN_LINK
    }

    private final Kind kind;
    private final long amount;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable URI linkRoot;
    private final Set<String> operations;
    private final int firstCall;
    private final int times;

    private Fault(
            Kind kind,
            long amount,
            int status,
            Map<String, String> headers,
            byte[] body,
            @Nullable URI linkRoot,
            Set<String> operations,
            int firstCall,
            int times) {
        this.kind = kind;
        this.amount = amount;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.linkRoot = linkRoot;
        this.operations = operations;
        this.firstCall = firstCall;
        this.times = times;
    }

    private static Fault of(Kind kind, long amount) {
        return new Fault(kind, amount, 0, Map.of(), new byte[0], null, Set.of(), 1, 1);
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
        return new Fault(Kind.STATUS, 0, status, Map.of(), new byte[0], null, Set.of(), 1, 1);
    }

    /**
     * The service's 429, with {@code Retry-After} and the seconds also in the message.
     *
     * @param retryAfter how long to wait, sent in whole seconds
     * @return the fault
     */
    public static Fault throttled(Duration retryAfter) {
        return status(429)
                .header("Retry-After", Long.toString(retryAfter.toSeconds()))
                .body(
                        "application/json",
                        "{\"error\":{\"code\":\"429\",\"message\":\""
                                + QuotaMeter.message(100, 1, retryAfter.toSeconds()) + "\",\"target\":\"emulator\"}}");
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
        return of(Kind.RESET_BEFORE_HEADERS, 0);
    }

    /**
     * The connection is reset within the body.
     *
     * @param bodyBytes how much of the body is sent before
     * @return the fault
     */
    public static Fault resetAfter(long bodyBytes) {
        return of(Kind.RESET, notNegative(bodyBytes));
    }

    /**
     * The answer ends in good order, but too early.
     *
     * @param bodyBytes how much of the body is sent
     * @return the fault
     */
    public static Fault truncatedAfter(long bodyBytes) {
        return of(Kind.TRUNCATE, notNegative(bodyBytes));
    }

    /**
     * Nothing more is sent after a part of the body, and the connection stays open.
     *
     * @param bodyBytes how much of the body is sent before
     * @return the fault
     */
    public static Fault stalledAfter(long bodyBytes) {
        return of(Kind.STALL, notNegative(bodyBytes));
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
        return of(Kind.PACE, bytesPerSecond);
    }

    /**
     * The answer, headers included, comes late.
     *
     * @param delay how late
     * @return the fault
     */
    public static Fault delayed(Duration delay) {
        return of(Kind.DELAY, notNegative(delay.toMillis()));
    }

    /**
     * The page's next link leads to the page itself.
     *
     * @return the fault
     */
    public static Fault loopedNextLink() {
        return of(Kind.LOOP, 0);
    }

    /**
     * The page's next link names another host.
     *
     * @param root scheme, host and port of the link
     * @return the fault
     */
    public static Fault foreignNextLink(URI root) {
        return new Fault(
                Kind.FOREIGN_LINK, 0, 0, Map.of(), new byte[0], Objects.requireNonNull(root, "root"), Set.of(), 1, 1);
    }

    /**
     * Adds a header to the answer of {@link #status}.
     *
     * @param name header name
     * @param value header value
     * @return the fault with the header
     */
    public Fault header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Fault(kind, amount, status, more, body, linkRoot, operations, firstCall, times);
    }

    /**
     * Replaces the body of the answer of {@link #status}.
     *
     * @param contentType its type
     * @param text its text
     * @return the fault with the body
     */
    public Fault body(String contentType, String text) {
        Fault typed = header("Content-Type", contentType);
        return new Fault(
                kind, amount, status, typed.headers, Values.utf8(text), linkRoot, operations, firstCall, times);
    }

    /**
     * Only calls of these operations are struck, and counted by {@link #fromCall}.
     *
     * @param operationIds operation ids, see {@link JournalEntry#operationId()}
     * @return the fault for the operations
     */
    public Fault on(String... operationIds) {
        return new Fault(kind, amount, status, headers, body, linkRoot, Set.of(operationIds), firstCall, times);
    }

    /**
     * Only requests for a token are struck.
     *
     * @return the fault for the token endpoint
     */
    public Fault onToken() {
        return on(DefenderService.TOKEN);
    }

    /**
     * The first call to strike, counted from the moment the fault was added, among those that {@link #on} names.
     *
     * @param number 1 for the first call
     * @return the fault from that call on
     */
    public Fault fromCall(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Calls count from 1: " + number);
        }
        return new Fault(kind, amount, status, headers, body, linkRoot, operations, number, times);
    }

    /**
     * How many calls in a row are struck.
     *
     * @param count the number of calls
     * @return the fault that strikes so often
     */
    public Fault times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A fault strikes at least once: " + count);
        }
        return new Fault(kind, amount, status, headers, body, linkRoot, operations, firstCall, count);
    }

    /**
     * Strikes every call until {@link Faults#clear()}.
     *
     * @return the lasting fault
     */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    Kind kind() {
        return kind;
    }

    /** Bytes, bytes a second or milliseconds, as the kind has it. */
    long amount() {
        return amount;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    URI linkRoot() {
        return linkRoot;
    }

    boolean strikesAt(long call) {
        return call >= firstCall && call - firstCall < times;
    }

    /** The API's operations unless some are named: a fault for the login service is always asked for by name. */
    boolean concerns(String operationId) {
        return operations.isEmpty() ? !Journal.LOGIN.contains(operationId) : operations.contains(operationId);
    }

    private static long notNegative(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("Negative: " + amount);
        }
        return amount;
    }

    @Override
    public String toString() {
        return kind + (status == 0 ? "" : " " + status) + (amount == 0 ? "" : " " + amount) + " on " + operations;
    }
}
