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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one watch. Thread-safe. */
final class WatchMeters {

    private static final String LAG = "defender.watch.lag";

    private final MeterRegistry registry;
    private final AtomicLong watermark;
    private final TimeGauge lag;
    private final Counter deliveries;
    private final Counter late;
    private final Counter irregular;
    private final Counter stuck;
    private final Tags tags;
    private final MeterProvider<Counter> retries;
    private final MeterProvider<Counter> dates;

    private WatchMeters(MeterRegistry registry, Tags tags) {
        Clock clock = registry.config().clock();
        AtomicLong reached = new AtomicLong(clock.wallTime());
        this.registry = registry;
        this.watermark = reached;
        this.tags = tags;
        lag = TimeGauge.builder(LAG, () -> clock.wallTime() - reached.get(), TimeUnit.MILLISECONDS)
                .tags(tags)
                .description("Time from the watermark of a watch to now")
                .register(registry);
        deliveries = counter("defender.watch.deliveries", "deliveries")
                .description("Deliveries of completed and acknowledged polls")
                .register(registry);
        late = counter("defender.watch.late", "deliveries")
                .description("Deliveries that became visible later than the longest overlap")
                .register(registry);
        irregular = counter("defender.watch.irregular", "rows")
                .description("Rows that could not be delivered")
                .register(registry);
        stuck = counter("defender.watch.stuck", "reports")
                .description("Reports of a watermark that does not advance")
                .register(registry);
        retries = Counter.builder("defender.watch.retries")
                .baseUnit("polls")
                .description("Polls that failed and are retried")
                .withRegistry(registry);
        dates = Counter.builder("defender.watch.dates")
                .baseUnit("reports")
                .description("Reports of inconsistent dates and clocks")
                .withRegistry(registry);
    }

    private Counter.Builder counter(String name, String unit) {
        return Counter.builder(name).tags(tags).baseUnit(unit);
    }

    /**
     * Registers the meters of a watch.
     *
     * @throws IllegalArgumentException if a watch of that name is already registered
     */
    static WatchMeters create(MeterRegistry registry, String watch) {
        Tags tags = Tags.of("watch", watch);
        if (registry.find(LAG).tags(tags).meter() != null) {
            throw new IllegalArgumentException("watch must be unique in the registry, was " + watch);
        }
        return new WatchMeters(registry, tags);
    }

    void accept(WatchEvent event) {
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
        } else if (event instanceof WatchEvent.Irregular) {
            irregular.increment();
        } else if (event instanceof WatchEvent.Doubted) {
            date("doubted");
        } else if (event instanceof WatchEvent.MovedBack moved) {
            reached(moved.to());
            date("moved_back");
        } else if (event instanceof WatchEvent.ClockDiffers) {
            date("clock_differs");
        }
    }

    private void date(String problem) {
        dates.withTags(tags.and("problem", problem)).increment();
    }

    private void reached(Instant time) {
        watermark.set(time.toEpochMilli());
    }

    void close() {
        registry.remove(lag);
    }
}
