package io.github.defenderreactive.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the ends of every observation that began. */
final class EndsOnce implements ObservationHandler<Observation.Context> {

    private final Map<Observation.Context, AtomicInteger> ends = new ConcurrentHashMap<>();

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        ends.put(context, new AtomicInteger());
    }

    @Override
    public void onStop(Observation.Context context) {
        ends.get(context).incrementAndGet();
    }

    boolean nothingIsOpen() {
        return ends.values().stream().allMatch(count -> count.get() > 0);
    }

    void check(int atLeast) {
        assertThat(ends).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(ends)
                .allSatisfy((context, count) ->
                        assertThat(count).as("ends of %s", context).hasValue(1));
    }
}
