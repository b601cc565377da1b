package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.retry.Deadline;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Deadline of the time without a byte. Its clock is paused while bytes arrive and while there is no demand. */
final class SilenceDeadline implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;

    /** Start of the current time without a byte, or null. */
    private volatile @Nullable Long since;

    SilenceDeadline(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /** Starts the clock, unless it is running. */
    void begin() {
        if (since == null) {
            since = nanos.getAsLong();
        }
    }

    /** Stops the clock, because a byte has arrived. */
    void end() {
        since = null;
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration remaining() {
        Long begun = since;
        return begun == null ? limit : limit.minusNanos(nanos.getAsLong() - begun);
    }
}
