package io.github.defenderreactive.cli.internal.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of a progress: figures, rate and the remaining time. */
final class ProgressText {

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double BYTES_PER_MB = 1e6;

    private ProgressText() {}

    /**
     * Returns the text of a measure.
     *
     * @param measure the measure
     * @param elapsed the time since the start of the work
     */
    static String of(Measure measure, Duration elapsed) {
        List<String> parts = new ArrayList<>();
        if (!measure.context().isEmpty()) {
            parts.add(measure.context());
        }
        parts.add(measure.unit().equals(Measure.BYTES) ? bytes(measure) : count(measure));
        String rate = rate(measure, elapsed.toMillis() / 1e3);
        parts.add(rate.isEmpty() ? time(elapsed) : rate);
        if (measure.share() > 0 && measure.share() < 1) {
            long left = Math.round(elapsed.toMillis() * (1 / measure.share() - 1));
            parts.add(time(Duration.ofMillis(left)) + " left");
        }
        return String.join(", ", parts);
    }

    private static String count(Measure measure) {
        if (measure.total() < 0) {
            String unit = measure.unit();
            return format("%,d %s", measure.done(), measure.done() == 1 ? unit.substring(0, unit.length() - 1) : unit);
        }
        return format("%,d of %,d %s", measure.done(), measure.total(), measure.unit());
    }

    private static String bytes(Measure measure) {
        return measure.total() < 0
                ? format("%,.1f MB", measure.done() / BYTES_PER_MB)
                : format("%,.1f of %,.1f MB", measure.done() / BYTES_PER_MB, measure.total() / BYTES_PER_MB);
    }

    /** Returns the average rate; empty if it is less than one a minute. */
    private static String rate(Measure measure, double seconds) {
        double rate = seconds > 0 ? measure.done() / seconds : 0;
        if (measure.unit().equals(Measure.BYTES)) {
            return rate > 0 ? format("%,.1f MB a second", rate / BYTES_PER_MB) : "";
        }
        if (rate >= 1) {
            return format("%,d a second", Math.round(rate));
        }
        return rate * SECONDS_PER_MINUTE >= 1 ? format("%d a minute", Math.round(rate * SECONDS_PER_MINUTE)) : "";
    }

    /** Returns a time with two units at most, such as {@code 1 min 20 s}. */
    static String time(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
