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
 * The options of a watch. Immutable; {@link #mutate()} derives another. By default a watch starts now, polls every 30
 * seconds and keeps its progress in memory.
 *
 * @since 0.1.0
 */
public final class WatchOptions {

    /** Default time from the start of a poll to the start of the next: 30 seconds, 120 of the 1,500 calls an hour. */
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);

    /** Shortest time from the start of a poll to the start of the next: 1 second. */
    public static final Duration MIN_EVERY = Duration.ofSeconds(1);

    /** Default overlap of each poll: 2 minutes. */
    public static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(2);

    /** Default overlap of one poll every ten minutes: 1 hour. */
    public static final Duration DEFAULT_DEEP_OVERLAP = Duration.ofHours(1);

    /** Default overlap of one poll every hour, and of the first after a restart: 24 hours. */
    public static final Duration DEFAULT_DEEPEST_OVERLAP = Duration.ofHours(24);

    /** Default name of a watch. */
    public static final String DEFAULT_NAME = "alerts";

    private static final Duration DEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration DEEPEST_EVERY = Duration.ofHours(1);

    private final String name;
    private final @Nullable Instant since;
    private final @Nullable Cursor from;
    private final CursorStore store;
    private final Duration every;
    private final Duration overlap;
    private final Duration deepOverlap;
    private final Duration deepestOverlap;
    private final @Nullable List<Overlap> overlaps;
    private final @Nullable Filter filter;
    private final @Nullable AlertExpansion expand;
    private final Consumer<WatchEvent> listener;
    private final Publisher<?> stopWhen;

    private WatchOptions(Builder builder) {
        this.name = builder.name;
        this.since = builder.since;
        this.from = builder.from;
        this.store = builder.store;
        this.every = builder.every;
        this.overlap = builder.overlap;
        this.deepOverlap = builder.deepOverlap;
        this.deepestOverlap = builder.deepestOverlap;
        this.overlaps = builder.overlaps;
        this.filter = builder.filter;
        this.expand = builder.expand;
        this.listener = builder.listener;
        this.stopWhen = builder.stopWhen;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the default options.
     *
     * @return new options, with a store of their own
     */
    public static WatchOptions defaults() {
        return builder().build();
    }

    /**
     * Returns a builder with the values of these options, the store included.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder(this);
    }

    /**
     * Returns the name of the watch.
     *
     * @return the name, which each of its events contains
     */
    public String name() {
        return name;
    }

    /**
     * Returns the first update time that the watch reads if the store holds no progress.
     *
     * @return the time, or null for the service's time at the start
     */
    public @Nullable Instant since() {
        return since;
    }

    /**
     * Returns the cursor at which the watch starts if the store holds no progress.
     *
     * @return the cursor, or null if there is none
     */
    public @Nullable Cursor from() {
        return from;
    }

    /**
     * Returns the store of the progress.
     *
     * @return the store
     */
    public CursorStore store() {
        return store;
    }

    /**
     * Returns the time from the start of a poll to the start of the next.
     *
     * @return at least {@link #MIN_EVERY}
     */
    public Duration every() {
        return every;
    }

    /**
     * Returns the overlap of each poll.
     *
     * @return zero or more
     */
    public Duration overlap() {
        return overlap;
    }

    /**
     * Returns the overlap of one poll every ten minutes.
     *
     * @return zero or more
     */
    public Duration deepOverlap() {
        return deepOverlap;
    }

    /**
     * Returns the overlap of one poll every hour, and of the first after a restart.
     *
     * @return zero or more
     */
    public Duration deepestOverlap() {
        return deepestOverlap;
    }

    List<Overlap> overlaps() {
        return overlaps != null
                ? overlaps
                : List.of(
                        new Overlap(overlap, Duration.ZERO),
                        new Overlap(deepOverlap, DEEP_EVERY),
                        new Overlap(deepestOverlap, DEEPEST_EVERY));
    }

    /**
     * Returns the filter of the alerts.
     *
     * @return the filter, or null for all alerts
     */
    public @Nullable Filter filter() {
        return filter;
    }

    /**
     * Returns the related data that each alert includes.
     *
     * @return the relations, or null for none
     */
    public @Nullable AlertExpansion expand() {
        return expand;
    }

    /**
     * Returns the listener for polls, retries and late arrivals.
     *
     * @return the listener
     */
    public Consumer<WatchEvent> listener() {
        return listener;
    }

    /**
     * Returns the signal that ends the watch.
     *
     * @return a publisher whose first item or completion ends the watch
     */
    public Publisher<?> stopWhen() {
        return stopWhen;
    }

    /**
     * Builds {@link WatchOptions} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private String name = DEFAULT_NAME;
        private @Nullable Instant since;
        private @Nullable Cursor from;
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

        private Builder(WatchOptions options) {
            this.name = options.name;
            this.since = options.since;
            this.from = options.from;
            this.store = options.store;
            this.every = options.every;
            this.overlap = options.overlap;
            this.deepOverlap = options.deepOverlap;
            this.deepestOverlap = options.deepestOverlap;
            this.overlaps = options.overlaps;
            this.filter = options.filter;
            this.expand = options.expand;
            this.listener = options.listener;
            this.stopWhen = options.stopWhen;
        }

        /**
         * Sets the name of the watch, which distinguishes the watches of an application: each {@link WatchEvent}
         * contains it, and so do metrics and log lines.
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
         * Starts with alerts that were updated at or after a time, if the store holds no progress. A time later than
         * the service's time is replaced by the service's time, because it must come from a wrong clock. Until the
         * first poll is complete, the watch remembers each alert of it. For a time long ago, read the list first and
         * watch from the time at which that read started.
         *
         * @param time the first update time; default the service's time at the start
         * @return this builder
         */
        public Builder since(Instant time) {
            this.since = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Starts at a cursor, if the store holds no progress. Takes precedence over {@link #since}.
         *
         * @param position a cursor of an earlier watch
         * @return this builder
         */
        public Builder from(Cursor position) {
            this.from = Objects.requireNonNull(position, "position");
            return this;
        }

        /**
         * Sets the store of the progress.
         *
         * @param progress default {@link CursorStore#memory()}
         * @return this builder
         */
        public Builder store(CursorStore progress) {
            this.store = Objects.requireNonNull(progress, "progress");
            return this;
        }

        /**
         * Sets the time from the start of a poll to the start of the next. A slower consumer delays polls.
         *
         * @param interval at least {@link #MIN_EVERY}; default {@link #DEFAULT_EVERY}
         * @return this builder
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder every(Duration interval) {
            if (interval.compareTo(MIN_EVERY) < 0) {
                throw new IllegalArgumentException("every must be >= " + MIN_EVERY + ", was " + interval);
            }
            this.every = interval;
            return this;
        }

        /**
         * Sets the overlap of each poll: the time within which alerts usually become visible after their update.
         *
         * @param depth default {@link #DEFAULT_OVERLAP}
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder overlap(Duration depth) {
            this.overlap = notNegative("overlap", depth);
            return this;
        }

        /**
         * Sets the overlap of one poll every ten minutes.
         *
         * @param depth default {@link #DEFAULT_DEEP_OVERLAP}
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder deepOverlap(Duration depth) {
            this.deepOverlap = notNegative("deepOverlap", depth);
            return this;
        }

        /**
         * Sets the overlap of one poll every hour and of the first after a restart: the longest time within which an
         * alert may become visible after its update. Memory and store hold an entry for each alert within this time and
         * a quarter more.
         *
         * @param depth default {@link #DEFAULT_DEEPEST_OVERLAP}
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder deepestOverlap(Duration depth) {
            this.deepestOverlap = notNegative("deepestOverlap", depth);
            return this;
        }

        Builder overlaps(List<Overlap> levels) {
            this.overlaps = List.copyOf(levels);
            return this;
        }

        private static Duration notNegative(String name, Duration depth) {
            if (depth.isNegative()) {
                throw new IllegalArgumentException(name + " must be >= 0, was " + depth);
            }
            return depth;
        }

        /**
         * Sets the filter of the alerts. Filter by properties that never change, such as the severity or the detection
         * source: if an alert stops matching while pages are read, the alerts after it move to other positions.
         *
         * @param wanted default all alerts
         * @return this builder
         */
        public Builder filter(Filter wanted) {
            this.filter = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Sets the related data that each alert includes.
         *
         * @param related default none
         * @return this builder
         */
        public Builder expand(AlertExpansion related) {
            this.expand = Objects.requireNonNull(related, "related");
            return this;
        }

        /**
         * Sets the listener for polls, retries and late arrivals, rows that cannot be delivered, a watermark that does
         * not move or was moved back, and clocks that differ.
         *
         * @param observer called on the threads of the watch; must not block. An exception that it throws is logged and
         *     has no other effect
         * @return this builder
         */
        public Builder listener(Consumer<WatchEvent> observer) {
            this.listener = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Sets the signal that ends the watch in order: nothing more is delivered, and the stream completes once all
         * deliveries are acknowledged.
         *
         * @param signal its first item or completion ends the watch; subscribed to several times, so it must remember,
         *     as {@code Sinks.empty().asMono()} does
         * @return this builder
         */
        public Builder stopWhen(Publisher<?> signal) {
            this.stopWhen = Objects.requireNonNull(signal, "signal");
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public WatchOptions build() {
            return new WatchOptions(this);
        }
    }
}
