package io.github.defenderreactive.emulator.internal.seed;

import java.time.Instant;

/** Times in the precision of the service: ticks of 100 ns, counted from 1970. */
public final class Ticks {

    public static final long SECOND = 10_000_000L;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    /** Ticks between the year 1, where the service's own count in alert ids begins, and 1970. */
    public static final long BEFORE_1970 = 621_355_968_000_000_000L;

    private Ticks() {}

    /** Returns the last tick that is not after the time. */
    public static long floor(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano() / 100);
    }

    /** Returns the first tick that is not before the time. */
    public static long ceiling(Instant time) {
        long floor = floor(time);
        return instant(floor).equals(time) ? floor : floor + 1;
    }

    public static Instant instant(long ticks) {
        return Instant.ofEpochSecond(Math.floorDiv(ticks, SECOND), Math.floorMod(ticks, SECOND) * 100);
    }
}
