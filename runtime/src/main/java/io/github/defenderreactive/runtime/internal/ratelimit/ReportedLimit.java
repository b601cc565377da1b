package io.github.defenderreactive.runtime.internal.ratelimit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit that the service reported, which may be lower than the documented one.
 *
 * @param calls the number of calls, at least 1
 * @param window the window of the limit, positive
 * @since 0.1.0
 */
public record ReportedLimit(int calls, Duration window) {

    private static final Pattern IN_TEXT = Pattern.compile(
            "\\bmaximum allowed (\\d{1,9}) per (\\d{1,2}):(\\d{2}):(\\d{2})\\b", Pattern.CASE_INSENSITIVE);

    /**
     * Checks the components.
     *
     * @param calls the number of calls, at least 1
     * @param window the window of the limit, positive
     * @throws IllegalArgumentException if one of them is not positive
     */
    public ReportedLimit {
        if (calls < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("calls and window must be positive, was " + calls + " per " + window);
        }
    }

    /**
     * Reads a limit from the text of a rejected call, such as {@code Maximum allowed 30 per 00:01:00}.
     *
     * @param message the text, or null if there is none
     * @return the limit, or null if the text contains no valid one
     */
    public static @Nullable ReportedLimit ofMessage(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher matcher = IN_TEXT.matcher(message);
        if (!matcher.find()) {
            return null;
        }
        int calls = Integer.parseInt(matcher.group(1));
        Duration window = Duration.ofHours(Integer.parseInt(matcher.group(2)))
                .plusMinutes(Integer.parseInt(matcher.group(3)))
                .plusSeconds(Integer.parseInt(matcher.group(4)));
        return calls == 0 || window.isZero() ? null : new ReportedLimit(calls, window);
    }
}
