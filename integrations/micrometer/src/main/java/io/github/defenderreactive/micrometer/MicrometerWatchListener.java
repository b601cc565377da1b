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
 * Tells Micrometer of watches. Set it with
 * {@link WatchOptions.Builder#listener}, alone or, by {@link #andThen}, before a
 * listener of one's own. Thread-safe.
 *
 * <p>The gauge {@code defender.watch.lag} is the time from the watermark to the moment at which it is read, so it grows
 * while nothing is polled: between polls, when polls fail, when deliveries are not acknowledged, when the watch has ended.
 * Until the watch tells its watermark for the first time it counts from the creation of the gauge. The watermark is by
 * the service's clock and the moment by the local one: the gauge can be off by as much as these differ.
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
     * Begins to measure every watch that it is set for, each under the
     * {@linkplain WatchOptions.Builder#name name} that its options give it. The
     * meters of a watch begin with its first event.
     *
     * @param registry the application's registry
     * @return the listener; it throws {@link IllegalArgumentException}, which the watch logs, at events of a watch whose name
     *     the registry knows already, because one gauge cannot show two
     */
    public static MicrometerWatchListener create(MeterRegistry registry) {
        return new MicrometerWatchListener(Objects.requireNonNull(registry, "registry"), null);
    }

    /**
     * Begins to measure one watch. Its meters are there at once, so that the lag of a watch that never tells anything grows
     * too.
     *
     * @param registry the application's registry
     * @param watch the value of the tag {@code watch}, which tells the watches of an application apart: a fixed name, best
     *     that of the options
     * @return the listener
     * @throws IllegalArgumentException if the registry has the lag of a watch of that name already; one gauge cannot
     *     show two
     */
    public static MicrometerWatchListener create(MeterRegistry registry, String watch) {
        return new MicrometerWatchListener(
                Objects.requireNonNull(registry, "registry"), Objects.requireNonNull(watch, "watch"));
    }

    /**
     * Takes note of an event.
     *
     * @param event what the watch tells
     */
    @Override
    public void accept(WatchEvent event) {
        WatchMeters meters = only;
        if (meters == null) {
            meters = watches.computeIfAbsent(event.watch(), name -> WatchMeters.create(registry, name));
        }
        meters.accept(event);
    }

    /** Takes the gauges of the lag away, for watches that have ended on purpose. What was counted stays. */
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
