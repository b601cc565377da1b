package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.retry.Deadline;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Deadline of the time without a byte. Its clock stands still while bytes arrive and while none are wanted. */
final class SilenceDeadline implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;

    /** When the silence began, or null. */
    private volatile @Nullable Long since;

    SilenceDeadline(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /** Silence begins, unless it has begun already. */
    void begin() {
        if (since == null) {
            since = nanos.getAsLong();
        }
    }

    /** A byte has arrived. */
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
