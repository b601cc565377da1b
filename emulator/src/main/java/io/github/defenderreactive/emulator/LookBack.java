package io.github.defenderreactive.emulator;

import java.time.Duration;
import java.time.Instant;

/** The window of the statistics: the last so many hours. */
final class LookBack {

    private static final int DEFAULT_HOURS = 720;

    private LookBack() {}

    static Instant begin(OperationCall call, Instant now) {
        Integer hours = Answers.integer(call, "lookBackHours", 1);
        return now.minus(Duration.ofHours(hours == null ? DEFAULT_HOURS : hours));
    }
}
