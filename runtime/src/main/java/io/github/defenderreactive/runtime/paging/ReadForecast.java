package io.github.defenderreactive.runtime.paging;

import java.time.Duration;
import java.util.Objects;

/**
 * The estimated cost of a read.
 *
 * @param calls number of requests if every page is full and none fails
 * @param time total wait for permits if the requests were made now and there were no others; excludes the duration of
 *     the requests
 * @since 0.1.0
 */
public record ReadForecast(long calls, Duration time) {

    /**
     * Creates a forecast.
     *
     * @param calls number of requests if every page is full and none fails
     * @param time total wait for permits
     */
    public ReadForecast {
        Objects.requireNonNull(time, "time");
    }

    /** Returns the forecast as a sentence. */
    @Override
    public String toString() {
        long minutes = time.plusSeconds(30).toMinutes();
        String span = minutes > 0 ? count(minutes, "minute") : count(time.toSeconds(), "second");
        return "This read needs " + count(calls, "call") + ", about " + span + " at your quota";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
