package io.github.defenderreactive.emulator.internal.exports;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One of the snapshots that exports are made from, every six hours.
 *
 * @param index its number, ascending with time
 */
record ExportSnapshot(long index) {

    private static final long PERIOD = Duration.ofHours(6).toSeconds();
    private static final long PHASE = Duration.ofMinutes(5 * 60 + 1).toSeconds();
    private static final DateTimeFormatter PATH =
            DateTimeFormatter.ofPattern("yyyy-MM-dd/HHmm/").withZone(ZoneOffset.UTC);

    /** The number of snapshots that can be read: a link of 24 hours outlives the six hours of the snapshot. */
    private static final int KEPT = 6;

    /** Returns the newest snapshot at a time. */
    static ExportSnapshot at(Instant now) {
        return new ExportSnapshot(Math.floorDiv(now.getEpochSecond() - PHASE, PERIOD));
    }

    /** Returns the first snapshot that is not made before a time. */
    static ExportSnapshot from(Instant time) {
        ExportSnapshot before = at(time);
        return before.time().equals(time) ? before : new ExportSnapshot(before.index + 1);
    }

    /** Returns the snapshot of a path, or null if there was none or it is no longer kept. */
    static @Nullable ExportSnapshot find(String path, Instant now) {
        ExportSnapshot newest = at(now);
        for (long index = newest.index; index > newest.index - KEPT; index--) {
            ExportSnapshot snapshot = new ExportSnapshot(index);
            if (snapshot.path().equals(path)) {
                return snapshot;
            }
        }
        return null;
    }

    Instant time() {
        return Instant.ofEpochSecond(index * PERIOD + PHASE);
    }

    /** Returns the folder of its files, as in {@code 2026-11-20/1101/}. */
    String path() {
        return PATH.format(time());
    }

    ExportSnapshot before() {
        return new ExportSnapshot(index - 1);
    }
}
