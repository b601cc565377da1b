package io.github.defenderreactive.emulator.internal.rules;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault and the calls it applies to.
 *
 * @param amount bytes, bytes per second or milliseconds, depending on the kind
 * @param status the status of the response; 0 unless the kind is {@link Kind#STATUS}
 * @param body the body of the response; empty for an error body of the service's form
 * @param message the message in the error body; null for the usual text
 * @param linkRoot scheme, host and port of next links; null for those of the request
 */
public record FaultRule(
        Kind kind,
        long amount,
        int status,
        Map<String, String> headers,
        String body,
        @Nullable String message,
        @Nullable URI linkRoot,
        CallSelector calls) {

    /** Effects of a fault. */
    public enum Kind {
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

    public static FaultRule of(Kind kind, long amount) {
        return new FaultRule(kind, amount, 0, Map.of(), "", null, null, CallSelector.FIRST_CALL);
    }

    public FaultRule withStatus(int other) {
        return new FaultRule(kind, amount, other, headers, body, message, linkRoot, calls);
    }

    public FaultRule withHeader(String name, String value) {
        return new FaultRule(
                kind, amount, status, GivenHeaders.with(headers, name, value), body, message, linkRoot, calls);
    }

    public FaultRule withBody(String other) {
        return new FaultRule(kind, amount, status, headers, other, message, linkRoot, calls);
    }

    public FaultRule withMessage(String other) {
        return new FaultRule(kind, amount, status, headers, body, other, linkRoot, calls);
    }

    public FaultRule withLinkRoot(URI other) {
        return new FaultRule(kind, amount, status, headers, body, message, other, calls);
    }

    public FaultRule withCalls(CallSelector other) {
        return new FaultRule(kind, amount, status, headers, body, message, linkRoot, other);
    }

    @Override
    public String toString() {
        return kind + (status == 0 ? "" : " " + status) + (amount == 0 ? "" : " " + amount) + " on " + calls;
    }
}
