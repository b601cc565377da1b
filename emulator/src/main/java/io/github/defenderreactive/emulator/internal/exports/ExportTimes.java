package io.github.defenderreactive.emulator.internal.exports;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The form of times in the records of exports: UTC without a zone. */
final class ExportTimes {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private ExportTimes() {}

    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    static String millis(Instant time) {
        return MILLIS.format(time);
    }
}
