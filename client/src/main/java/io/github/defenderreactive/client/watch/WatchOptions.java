package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * How to watch. Immutable. By default from now on, every 30 seconds, with progress kept in memory.
 *
 * @since 0.1.0
 */
public final class WatchOptions {

    /** Time from the start of a poll to the start of the next by default; 120 of the 1,500 calls an hour. */
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);

    /** Shortest time between two polls. */
    public static final Duration MIN_EVERY = Duration.ofSeconds(1);

    /** What each poll reads again by default. */
    public static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(2);

    /** What is read again every ten minutes by default. */
    public static final Duration DEFAULT_DEEP_OVERLAP = Duration.ofHours(1);

    /** What is read again every hour and after a restart by default. */
    public static final Duration DEFAULT_DEEPEST_OVERLAP = Duration.ofHours(24);

    /** Name of a watch by default. */
    public static final String DEFAULT_NAME = "alerts";

    private static final Duration DEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration DEEPEST_EVERY = Duration.ofHours(1);

    private final String name;
    private final @Nullable Instant since;
    private final @Nullable Cursor cursor;
    private final CursorStore store;
    private final Duration every;
    private final List<Overlap> overlaps;
    private final @Nullable Filter filter;
    private final @Nullable AlertExpansion expand;
    private final Consumer<WatchEvent> listener;
    private final Publisher<?> stopWhen;

    private WatchOptions(Builder builder) {
        this.name = builder.name;
        this.since = builder.since;
        this.cursor = builder.cursor;
        this.store = builder.store;
        this.every = builder.every;
        this.overlaps = builder.overlaps != null
                ? builder.overlaps
                : List.of(
                        new Overlap(builder.overlap, Duration.ZERO),
                        new Overlap(builder.deepOverlap, DEEP_EVERY),
                        new Overlap(builder.deepestOverlap, DEEPEST_EVERY));
        this.filter = builder.filter;
        this.expand = builder.expand;
        this.listener = builder.listener;
        this.stopWhen = builder.stopWhen;
    }

    /**
     * Begins options with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * All defaults: from now on, progress in memory.
     *
     * @return the options
     */
    public static WatchOptions defaults() {
        return builder().build();
    }

    /**
     * Returns the name of the watch.
     *
     * @return the name that its events bear
     */
    public String name() {
        return name;
    }

    @Nullable
    Instant since() {
        return since;
    }

    @Nullable
    Cursor cursor() {
        return cursor;
    }

    CursorStore store() {
        return store;
    }

    Duration every() {
        return every;
    }

    List<Overlap> overlaps() {
        return overlaps;
    }

    @Nullable
    Filter filter() {
        return filter;
    }

    @Nullable
    AlertExpansion expand() {
        return expand;
    }

    Consumer<WatchEvent> listener() {
        return listener;
    }

    Publisher<?> stopWhen() {
        return stopWhen;
    }

    /** Collects options. */
    public static final class Builder {

        private String name = DEFAULT_NAME;
        private @Nullable Instant since;
        private @Nullable Cursor cursor;
        private CursorStore store = CursorStore.memory();
        private Duration every = DEFAULT_EVERY;
        private Duration overlap = DEFAULT_OVERLAP;
        private Duration deepOverlap = DEFAULT_DEEP_OVERLAP;
        private Duration deepestOverlap = DEFAULT_DEEPEST_OVERLAP;
        private @Nullable List<Overlap> overlaps;
        private @Nullable Filter filter;
        private @Nullable AlertExpansion expand;
        private Consumer<WatchEvent> listener = event -> {};
        private Publisher<?> stopWhen = Mono.never();

        private Builder() {}

        /**
         * Sets the name of the watch, which tells the watches of an application apart: each {@link WatchEvent} bears it,
         * and so do metrics and log lines.
         *
         * @param text a fixed name, default {@link #DEFAULT_NAME}
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder name(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
            this.name = text;
            return this;
        }

        /**
         * Begins with what was updated at or after a time, when the store holds no progress. A time that is later than the
         * service's now counts as now, because it cannot come from a clock that is right. Until the first poll is
         * complete the watch remembers each alert of it: for a long past read the list first and watch from the time it
         * was begun.
         *
         * @param time the first update wanted; default the service's time at the start
         * @return this builder
         */
        public Builder since(Instant time) {
            this.since = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Begins at a cursor, when the store holds no progress; goes before {@link #since}.
         *
         * @param position a cursor of an earlier watch
         * @return this builder
         */
        public Builder from(Cursor position) {
            this.cursor = Objects.requireNonNull(position, "position");
            return this;
        }

        /**
         * Where progress is kept.
         *
         * @param progress default {@link CursorStore#memory()}
         * @return this builder
         */
        public Builder store(CursorStore progress) {
            this.store = Objects.requireNonNull(progress, "progress");
            return this;
        }

        /**
         * How often to poll.
         *
         * @param interval from the start of a poll to that of the next, at least {@link #MIN_EVERY}; a consumer that is
         *     slower delays it
         * @return this builder
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder every(Duration interval) {
            if (interval.compareTo(MIN_EVERY) < 0) {
                throw new IllegalArgumentException("Polls must be at least " + MIN_EVERY + " apart: " + interval);
            }
            this.every = interval;
            return this;
        }

        /**
         * How late alerts usually become visible: what each poll reads again.
         *
         * @param depth default {@link #DEFAULT_OVERLAP}
         * @return this builder
         */
        public Builder overlap(Duration depth) {
            this.overlap = notNegative(depth);
            return this;
        }

        /**
         * What is read again every ten minutes.
         *
         * @param depth default {@link #DEFAULT_DEEP_OVERLAP}
         * @return this builder
         */
        public Builder deepOverlap(Duration depth) {
            this.deepOverlap = notNegative(depth);
            return this;
        }

        /**
         * How late alerts may become visible at all: what is read again every hour and after a restart. Memory and store
         * hold an entry for each alert within it and a quarter more.
         *
         * @param depth default {@link #DEFAULT_DEEPEST_OVERLAP}
         * @return this builder
         */
        public Builder deepestOverlap(Duration depth) {
            this.deepestOverlap = notNegative(depth);
            return this;
        }

        Builder overlaps(List<Overlap> levels) {
            this.overlaps = List.copyOf(levels);
            return this;
        }

        private static Duration notNegative(Duration depth) {
            if (depth.isNegative()) {
                throw new IllegalArgumentException("An overlap must not be negative: " + depth);
            }
            return depth;
        }

        /**
         * Which alerts. Filter by what never changes, such as the severity or the detection source: an alert that stops
         * matching while pages are read moves those behind it.
         *
         * @param wanted default all
         * @return this builder
         */
        public Builder filter(Filter wanted) {
            this.filter = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * What to include in each alert.
         *
         * @param related default nothing
         * @return this builder
         */
        public Builder expand(AlertExpansion related) {
            this.expand = Objects.requireNonNull(related, "related");
            return this;
        }

        /**
         * Who is told what happens besides deliveries: polls, failures that are tried again, late arrivals, rows that
         * cannot be delivered, a watermark that stands still or was moved back, clocks that differ.
         *
         * @param observer called on the watch's threads; must not block. What it throws is logged and changes
         *     nothing
         * @return this builder
         */
        public Builder listener(Consumer<WatchEvent> observer) {
            this.listener = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Ends the watch in order: nothing more is delivered, what was is waited for, and then the stream completes.
         *
         * @param signal an item or completion of it means stop; subscribed to several times, so one that remembers, as
         *     {@code Sinks.empty().asMono()} does
         * @return this builder
         */
        public Builder stopWhen(Publisher<?> signal) {
            this.stopWhen = Objects.requireNonNull(signal, "signal");
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return the options
         */
        public WatchOptions build() {
            return new WatchOptions(this);
        }
    }
}
