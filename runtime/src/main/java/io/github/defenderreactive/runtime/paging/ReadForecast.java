package io.github.defenderreactive.runtime.paging;

import java.time.Duration;
import java.util.Objects;

/**
 * What a read will cost, as far as it can be known before.
 *
 * @param calls requests the pages need when each is full and none fails
 * @param time how long they wait for permits, were they made now and by nobody else; the time of the requests themselves
 *     comes on top
 * @since 0.1.0
 */
public record ReadForecast(long calls, Duration time) {

    /**
     * Checks that nothing is null.
     *
     * @param calls requests the pages need when each is full and none fails
     * @param time how long they wait for permits
     */
    public ReadForecast {
        Objects.requireNonNull(time, "time");
    }

    /** A sentence for a person. */
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
