package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.retry.Deadline;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The deadline of a call whose clock runs from its first moment on. */
final class FixedDeadline implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;
    private final long start;

    FixedDeadline(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration remaining() {
        return limit.minusNanos(nanos.getAsLong() - start);
    }
}
