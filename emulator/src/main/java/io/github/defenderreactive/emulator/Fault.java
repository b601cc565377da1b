package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.admission.QuotaMeter;
import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.hunting.HuntingBody;
import io.github.defenderreactive.emulator.internal.rules.ActionEnd;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An injected fault and the calls it applies to. Immutable: every method returns a new fault.
 *
 * <p>By default a fault applies to the first call of any operation of the API, once. {@link #on}, {@link #onToken},
 * {@link #fromCall} and {@link #times} change that.
 *
 * @since 0.1.0
 */
public final class Fault {

    private static final String[] ACTIONS = {
        "isolateMachine",
        "unisolateMachine",
        "restrictCodeExecution",
        "unrestrictCodeExecution",
        "runAntiVirusScan",
        "collectInvestigationPackage",
        "stopAndQuarantineFile",
        "offboardMachine",
        "runLiveResponse"
    };
    private static final List<String> ENDS = List.of("Failed", "TimeOut", "Cancelled");

    private final FaultRule rule;

    private Fault(FaultRule rule) {
        this.rule = rule;
    }

    private static Fault of(FaultRule.Kind kind, long amount) {
        return new Fault(FaultRule.of(kind, amount));
    }

    /**
     * Creates a response with the given status and an error body in the form of the service. On the token endpoint the
     * body has that endpoint's form.
     *
     * @param status the HTTP status, 200 to 599
     * @return the fault
     */
    public static Fault status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, was " + status);
        }
        return new Fault(FaultRule.of(FaultRule.Kind.STATUS, 0).withStatus(status));
    }

    /**
     * Creates the 429 of the service, with {@code Retry-After} and the seconds also in the message, in the error form
     * of the called API.
     *
     * @param retryAfter the time to wait, sent in whole seconds
     * @return the fault
     */
    public static Fault throttled(Duration retryAfter) {
        long seconds = notNegative("retryAfter", retryAfter.toSeconds());
        return new Fault(status(429)
                .header("Retry-After", Long.toString(seconds))
                .rule
                .withError("429", QuotaMeter.message(100, 1, seconds)));
    }

    /**
     * Creates an HTML page with status 200, as gateways and captive portals send it.
     *
     * @return the fault
     */
    public static Fault html() {
        return status(200).body("text/html; charset=utf-8", "<!DOCTYPE html><html><body>Please sign in</body></html>");
    }

    /**
     * Creates a malformed JSON document with status 200.
     *
     * @return the fault
     */
    public static Fault garbage() {
        return status(200).body("application/json", "{\"value\":[{\"id\": unquoted, ");
    }

    /**
     * Resets the connection instead of sending a response. The call has no effect.
     *
     * @return the fault
     */
    public static Fault resetBeforeHeaders() {
        return of(FaultRule.Kind.RESET_BEFORE_HEADERS, 0);
    }

    /**
     * Resets the connection after the call took effect, so that its caller does not know the outcome.
     *
     * @return the fault
     */
    public static Fault responseLost() {
        return of(FaultRule.Kind.LOSE, 0);
    }

    /**
     * Refuses a response action as if one of the same type were in progress on the device.
     *
     * @return the fault, for all operations that start a response action unless {@link #on} names others
     */
    public static Fault activeRequest() {
        return status(400)
                .error("ActiveRequestAlreadyExists", "An action of this type is already in progress on this machine")
                .on(ACTIONS);
    }

    /**
     * Ends the response action that the call starts without success. It is pending and in progress as long as others.
     *
     * @param status a final status other than {@code Succeeded}: {@code Failed}, {@code TimeOut} or {@code Cancelled}
     * @param errorHResult the error code of the device, 0 for none
     * @return the fault, for all operations that start a response action unless {@link #on} names others
     * @throws IllegalArgumentException if there is no such status
     */
    public static Fault actionEnds(String status, int errorHResult) {
        if (!ENDS.contains(status)) {
            throw new IllegalArgumentException(
                    "status must be one of " + String.join(", ", ENDS) + ", was '" + status + "'");
        }
        return new Fault(FaultRule.of(FaultRule.Kind.ACTION_END, 0).withEnd(new ActionEnd(status, errorHResult)))
                .on(ACTIONS);
    }

    /**
     * Refuses a signed link as if it had expired.
     *
     * @return the fault, for signed links
     */
    public static Fault linkExpired() {
        return of(FaultRule.Kind.EXPIRED_LINK, 0).on(EndpointIds.DOWNLOAD);
    }

    /**
     * Refuses a hunting query as if its result were larger than a response can be.
     *
     * @return the fault, for hunting in every API unless {@link #on} names others
     */
    public static Fault huntingTooLarge() {
        return status(400)
                .error("BadRequest", HuntingBody.TOO_LARGE)
                .on("runAdvancedQuery", "runHuntingQuery", "runAdvancedHunting");
    }

    /**
     * Resets the connection within the body.
     *
     * @param bodyBytes the number of bytes of the body that are sent before
     * @return the fault
     */
    public static Fault resetAfter(long bodyBytes) {
        return of(FaultRule.Kind.RESET, notNegative("bodyBytes", bodyBytes));
    }

    /**
     * Ends the response regularly, but too early.
     *
     * @param bodyBytes the number of bytes of the body that are sent
     * @return the fault
     */
    public static Fault truncatedAfter(long bodyBytes) {
        return of(FaultRule.Kind.TRUNCATE, notNegative("bodyBytes", bodyBytes));
    }

    /**
     * Sends nothing more after a part of the body, and keeps the connection open.
     *
     * @param bodyBytes the number of bytes of the body that are sent before
     * @return the fault
     */
    public static Fault stalledAfter(long bodyBytes) {
        return of(FaultRule.Kind.STALL, notNegative("bodyBytes", bodyBytes));
    }

    /**
     * Sends the body slowly, in steps of 50 ms.
     *
     * @param bytesPerSecond the pace, at least 20
     * @return the fault
     */
    public static Fault paced(long bytesPerSecond) {
        if (bytesPerSecond < 20) {
            throw new IllegalArgumentException("bytesPerSecond must be >= 20, was " + bytesPerSecond);
        }
        return of(FaultRule.Kind.PACE, bytesPerSecond);
    }

    /**
     * Delays the response, headers included.
     *
     * @param delay the delay
     * @return the fault
     */
    public static Fault delayed(Duration delay) {
        return of(FaultRule.Kind.DELAY, notNegative("delay", delay.toMillis()));
    }

    /**
     * Makes the next link of the page point to the page itself.
     *
     * @return the fault
     */
    public static Fault loopedNextLink() {
        return of(FaultRule.Kind.LOOP, 0);
    }

    /**
     * Makes the next link of the page name another host.
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
     * Sets code and message in the error body of {@link #status}.
     *
     * @param code the code, which Microsoft Graph replaces by its own for the status
     * @param message the message
     * @return the fault with the error
     */
    public Fault error(String code, String message) {
        return new Fault(
                rule.withError(Objects.requireNonNull(code, "code"), Objects.requireNonNull(message, "message")));
    }

    /**
     * Replaces the body of the response of {@link #status}.
     *
     * @param contentType its type
     * @param text its text
     * @return the fault with the body
     */
    public Fault body(String contentType, String text) {
        return new Fault(rule.withHeader("Content-Type", contentType).withBody(text));
    }

    /**
     * Limits the fault to calls of these operations. {@link #fromCall} then counts only these.
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
     * Limits the fault to requests for a token.
     *
     * @return the fault for the token endpoint
     */
    public Fault onToken() {
        return on(EndpointIds.TOKEN);
    }

    /**
     * Sets the first call that the fault applies to, counted from the moment the fault was added, among those of its
     * operations.
     *
     * @param number 1 for the first call
     * @return the fault from that call on
     */
    public Fault fromCall(int number) {
        return new Fault(rule.withCalls(rule.calls().fromCall(number)));
    }

    /**
     * Sets the number of calls in a row that the fault applies to.
     *
     * @param count the number of calls
     * @return the fault applied count times
     */
    public Fault times(int count) {
        return new Fault(rule.withCalls(rule.calls().times(count)));
    }

    /**
     * Applies the fault to every call until {@link Faults#clear()}.
     *
     * @return the permanent fault
     */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    /**
     * Counts the calls of each path separately, so that the fault applies to each file of an export, for example.
     *
     * @return the fault for each path
     */
    public Fault onEachPath() {
        return new Fault(rule.withCalls(rule.calls().countedByPath()));
    }

    FaultRule rule() {
        return rule;
    }

    private static long notNegative(String name, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, was " + amount);
        }
        return amount;
    }

    @Override
    public String toString() {
        return rule.toString();
    }
}
