package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.http.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** A span of time in ISO 8601, both ends inside. */
record Timespan(Instant begin, Instant end) {

    /**
     * Reads a span: a duration back from now, a beginning, or two ends of which one may be a duration.
     *
     * @throws Problem 400 if it is malformed
     */
    static Timespan parse(String text, Instant now) {
        String[] ends = text.split("/", -1);
        try {
            if (ends.length == 1) {
                return isDuration(text)
                        ? new Timespan(now.minus(Duration.parse(text)), now)
                        : new Timespan(Instant.parse(text), now);
            }
            if (ends.length == 2 && isDuration(ends[0])) {
                Instant end = Instant.parse(ends[1]);
                return new Timespan(end.minus(Duration.parse(ends[0])), end);
            }
            if (ends.length == 2) {
                Instant begin = Instant.parse(ends[0]);
                return new Timespan(
                        begin, isDuration(ends[1]) ? begin.plus(Duration.parse(ends[1])) : Instant.parse(ends[1]));
            }
        } catch (DateTimeException e) {
            // No span of time; reported below.
        }
        throw Problem.invalidInput("Timespan is not in ISO 8601: " + text);
    }

    private static boolean isDuration(String text) {
        return text.startsWith("P");
    }

    boolean holds(Instant time) {
        return !time.isBefore(begin) && !time.isAfter(end);
    }
}
