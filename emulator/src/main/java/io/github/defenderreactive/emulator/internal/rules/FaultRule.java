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
 * @param code the code in the error body; null for that of the status
 * @param end the end of the response action that the call starts; null unless the kind is {@link Kind#ACTION_END}
 * @param linkRoot scheme, host and port of next links; null for those of the request
 */
public record FaultRule(
        Kind kind,
        long amount,
        int status,
        Map<String, String> headers,
        String body,
        @Nullable String code,
        @Nullable String message,
        @Nullable ActionEnd end,
        @Nullable URI linkRoot,
        CallSelector calls) {

    /** Effects of a fault. */
    public enum Kind {
        STATUS,
        RESET_BEFORE_HEADERS,
        LOSE,
        EXPIRED_LINK,
        ACTION_END,
        RESET,
        TRUNCATE,
        STALL,
        PACE,
        DELAY,
        LOOP,
        FOREIGN_LINK
    }

    public static FaultRule of(Kind kind, long amount) {
        return new FaultRule(kind, amount, 0, Map.of(), "", null, null, null, null, CallSelector.FIRST_CALL);
    }

    public FaultRule withStatus(int other) {
        return new FaultRule(kind, amount, other, headers, body, code, message, end, linkRoot, calls);
    }

    public FaultRule withHeader(String name, String value) {
        return new FaultRule(
                kind,
                amount,
                status,
                GivenHeaders.with(headers, name, value),
                body,
                code,
                message,
                end,
                linkRoot,
                calls);
    }

    public FaultRule withBody(String other) {
        return new FaultRule(kind, amount, status, headers, other, code, message, end, linkRoot, calls);
    }

    /** Returns the rule with the error that the service would send. */
    public FaultRule withError(String newCode, String newMessage) {
        return new FaultRule(kind, amount, status, headers, body, newCode, newMessage, end, linkRoot, calls);
    }

    public FaultRule withEnd(ActionEnd other) {
        return new FaultRule(kind, amount, status, headers, body, code, message, other, linkRoot, calls);
    }

    public FaultRule withLinkRoot(URI other) {
        return new FaultRule(kind, amount, status, headers, body, code, message, end, other, calls);
    }

    public FaultRule withCalls(CallSelector other) {
        return new FaultRule(kind, amount, status, headers, body, code, message, end, linkRoot, other);
    }

    @Override
    public String toString() {
        return kind + (status == 0 ? "" : " " + status) + (amount == 0 ? "" : " " + amount) + " on " + calls;
    }
}
