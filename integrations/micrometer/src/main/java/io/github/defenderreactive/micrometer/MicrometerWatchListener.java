package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells Micrometer of one watch. Set it with
 * {@link io.github.defenderreactive.client.watch.WatchOptions.Builder#listener}, alone or, by {@link #andThen}, before a
 * listener of one's own. Thread-safe.
 *
 * <p>The gauge {@code defender.watch.lag} is the time from the watermark to the moment at which it is read, so it grows
 * while nothing is polled: between polls, when polls fail, when deliveries are not acknowledged, when the watch has ended.
 * Until the watch tells its watermark for the first time it counts from the creation of the listener. The watermark is by
 * the service's clock and the moment by the local one: the gauge can be off by as much as these differ.
 *
 * @since 0.1.0
 */
public final class MicrometerWatchListener implements Consumer<WatchEvent>, AutoCloseable {

    private static final String LAG = "defender.watch.lag";

    private final MeterRegistry registry;
    private final AtomicLong watermark;
    private final TimeGauge lag;
    private final Counter deliveries;
    private final Counter late;
    private final Counter stuck;
    private final Tags tags;
    private final MeterProvider<Counter> retries;

    private MicrometerWatchListener(MeterRegistry registry, Tags tags) {
        Clock clock = registry.config().clock();
        AtomicLong reached = new AtomicLong(clock.wallTime());
        this.registry = registry;
        this.watermark = reached;
        this.tags = tags;
        lag = TimeGauge.builder(LAG, () -> clock.wallTime() - reached.get(), TimeUnit.MILLISECONDS)
                .tags(tags)
                .description("How far the watermark of a watch is behind now")
                .register(registry);
        deliveries = Counter.builder("defender.watch.deliveries")
                .tags(tags)
                .baseUnit("deliveries")
                .description("Deliveries of polls that are complete and acknowledged")
                .register(registry);
        late = Counter.builder("defender.watch.late")
                .tags(tags)
                .baseUnit("deliveries")
                .description("Deliveries that became visible later than the deepest overlap allows for")
                .register(registry);
        stuck = Counter.builder("defender.watch.stuck")
                .tags(tags)
                .baseUnit("reports")
                .description("Reports of a watermark that does not move")
                .register(registry);
        retries = Counter.builder("defender.watch.retries")
                .baseUnit("polls")
                .description("Polls that failed and are made again")
                .withRegistry(registry);
    }

    /**
     * Begins to measure a watch.
     *
     * @param registry the application's registry
     * @param watch the value of the tag {@code watch}, which tells the watches of an application apart: a fixed name, such
     *     as {@code alerts}
     * @return the listener
     * @throws IllegalArgumentException if the registry has the lag of a watch of that name already; one gauge cannot
     *     show two
     */
    public static MicrometerWatchListener create(MeterRegistry registry, String watch) {
        Tags tags = Tags.of("watch", Objects.requireNonNull(watch, "watch"));
        if (registry.find(LAG).tags(tags).meter() != null) {
            throw new IllegalArgumentException("A watch of this name is measured already: " + watch);
        }
        return new MicrometerWatchListener(registry, tags);
    }

    /**
     * Takes note of an event.
     *
     * @param event what the watch tells
     */
    @Override
    public void accept(WatchEvent event) {
        if (event instanceof WatchEvent.Polled polled) {
            reached(polled.watermark());
            deliveries.increment((double) polled.delivered());
        } else if (event instanceof WatchEvent.Retrying retrying) {
            String outcome = Outcome.of(retrying.failure()).label();
            retries.withTags(tags.and("outcome", outcome)).increment();
        } else if (event instanceof WatchEvent.Stuck standing) {
            reached(standing.watermark());
            stuck.increment();
        } else if (event instanceof WatchEvent.Late) {
            late.increment();
        }
    }

    private void reached(Instant time) {
        watermark.set(time.toEpochMilli());
    }

    /** Takes the gauge of the lag away, for a watch that has ended on purpose. What was counted stays. */
    @Override
    public void close() {
        registry.remove(lag);
    }
}
