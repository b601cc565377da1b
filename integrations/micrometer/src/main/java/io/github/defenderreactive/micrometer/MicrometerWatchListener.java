package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports watches to Micrometer. Set it with {@link WatchOptions.Builder#listener}, alone or, with {@link #andThen},
 * before another listener. Thread-safe.
 *
 * <p>The gauge {@code defender.watch.lag} is the time from the watermark to the moment at which the gauge is read, so
 * it grows while the watermark does not advance: between polls, while polls fail, while deliveries are not
 * acknowledged, and after the end of the watch. Until the watch reports its first watermark, it is the time since the
 * creation of the gauge. The watermark is a time of the service's clock and the moment is one of the local clock, so a
 * difference of the clocks affects the gauge.
 *
 * @since 0.1.0
 */
public final class MicrometerWatchListener implements Consumer<WatchEvent>, AutoCloseable {

    private final MeterRegistry registry;
    private final Map<String, WatchMeters> watches = new ConcurrentHashMap<>();
    private final @Nullable WatchMeters only;

    private MicrometerWatchListener(MeterRegistry registry, @Nullable String watch) {
        this.registry = registry;
        this.only = watch == null ? null : WatchMeters.create(registry, watch);
    }

    /**
     * Creates a listener that measures every watch for which it is set, each under the
     * {@linkplain WatchOptions.Builder#name name} of its options. The meters of a watch are registered at its first
     * event.
     *
     * @param registry the registry of the application
     * @return the listener; it throws {@link IllegalArgumentException}, which the watch logs, at events of a watch
     *     whose name is already registered, because one gauge cannot show two watches
     */
    public static MicrometerWatchListener create(MeterRegistry registry) {
        return new MicrometerWatchListener(Objects.requireNonNull(registry, "registry"), null);
    }

    /**
     * Creates a listener that measures one watch. Its meters are registered immediately, so that the lag also grows for
     * a watch that never reports an event.
     *
     * @param registry the registry of the application
     * @param watch the value of the tag {@code watch}, which distinguishes the watches of an application: a fixed name,
     *     preferably that of the options
     * @return the listener
     * @throws IllegalArgumentException if a watch of that name is already registered, because one gauge cannot show two
     *     watches
     */
    public static MicrometerWatchListener create(MeterRegistry registry, String watch) {
        return new MicrometerWatchListener(
                Objects.requireNonNull(registry, "registry"), Objects.requireNonNull(watch, "watch"));
    }

    /**
     * Records an event.
     *
     * @param event the event of the watch
     */
    @Override
    public void accept(WatchEvent event) {
        WatchMeters meters = only;
        if (meters == null) {
            meters = watches.computeIfAbsent(event.watch(), name -> WatchMeters.create(registry, name));
        }
        meters.accept(event);
    }

    /** Removes the lag gauges of watches that were ended intentionally. Counters are kept. */
    @Override
    public void close() {
        WatchMeters meters = only;
        if (meters != null) {
            meters.close();
        }
        watches.values().forEach(WatchMeters::close);
        watches.clear();
    }
}
