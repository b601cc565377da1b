package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
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
 * seconds and keeps its progress in memory. The watches of slowly changing data have defaults of their own, which the
 * method that starts the watch states.
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

    /** Default name of a watch of alerts. Watches of other items are named after those by default. */
    public static final String DEFAULT_NAME = "alerts";

    private static final Duration DEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration DEEPEST_EVERY = Duration.ofHours(1);

    private final @Nullable String name;
    private final @Nullable Instant since;
    private final @Nullable Cursor from;
    private final CursorStore store;
    private final @Nullable Duration every;
    private final @Nullable Duration overlap;
    private final @Nullable Duration deepOverlap;
    private final @Nullable Duration deepestOverlap;
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
     * @return the name, which each of its events contains; {@link #DEFAULT_NAME} if it is not set
     */
    public String name() {
        return name != null ? name : DEFAULT_NAME;
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
        return every != null ? every : DEFAULT_EVERY;
    }

    /**
     * Returns the overlap of each poll.
     *
     * @return zero or more
     */
    public Duration overlap() {
        return overlap != null ? overlap : DEFAULT_OVERLAP;
    }

    /**
     * Returns the overlap of one poll every ten minutes.
     *
     * @return zero or more
     */
    public Duration deepOverlap() {
        return deepOverlap != null ? deepOverlap : DEFAULT_DEEP_OVERLAP;
    }

    /**
     * Returns the overlap of one poll every hour, and of the first after a restart.
     *
     * @return zero or more
     */
    public Duration deepestOverlap() {
        return deepestOverlap != null ? deepestOverlap : DEFAULT_DEEPEST_OVERLAP;
    }

    List<Overlap> overlaps() {
        return overlaps != null
                ? overlaps
                : List.of(
                        new Overlap(overlap(), Duration.ZERO),
                        new Overlap(deepOverlap(), DEEP_EVERY),
                        new Overlap(deepestOverlap(), DEEPEST_EVERY));
    }

    /** Returns these options with a name, unless they have one. */
    WatchOptions named(String defaultName) {
        return name != null ? this : mutate().name(defaultName).build();
    }

    /** Returns these options with an interval and overlaps, unless they have them. */
    WatchOptions paced(Duration defaultEvery, List<Overlap> defaultOverlaps) {
        Builder builder = mutate();
        if (every == null) {
            builder.every(defaultEvery);
        }
        if (overlaps == null && overlap == null && deepOverlap == null && deepestOverlap == null) {
            builder.overlaps(defaultOverlaps);
        }
        return builder.build();
    }

    /** Checks that an option that only the watch of alerts supports is not set. */
    void requireNoExpansion() {
        if (expand != null) {
            throw new IllegalArgumentException("expand must not be set for a watch of " + name());
        }
    }

    /** Checks that there is no filter. */
    void requireNoFilter() {
        if (filter != null) {
            throw new IllegalArgumentException("filter must not be set for a watch of " + name());
        }
    }

    /**
     * Returns the filter of the items.
     *
     * @return the filter, or null for all items
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

        private @Nullable String name;
        private @Nullable Instant since;
        private @Nullable Cursor from;
        private CursorStore store = CursorStore.memory();
        private @Nullable Duration every;
        private @Nullable Duration overlap;
        private @Nullable Duration deepOverlap;
        private @Nullable Duration deepestOverlap;
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
         * @param text a fixed name, default the kind of the items, such as {@link #DEFAULT_NAME}
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
         * Starts with items that were updated at or after a time, if the store holds no progress. A time later than
         * the service's time is replaced by the service's time, because it must come from a wrong clock. Until the
         * first poll is complete, the watch remembers each item of it. For a time long ago, read the list first and
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
         * Sets the overlap of each poll: the time within which items usually become visible after their update.
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
         * item may become visible after its update. Memory and store hold an entry for each item within this time and a
         * quarter more.
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
         * Sets the filter of the items. Filter by properties that never change, such as the detection source of an
         * alert: if an item stops matching while pages are read, the items after it move to other positions.
         *
         * @param wanted default all items
         * @return this builder
         */
        public Builder filter(Filter wanted) {
            this.filter = Objects.requireNonNull(wanted, "wanted");
            return this;
        }

        /**
         * Sets the related data that each alert of Defender for Endpoint includes. Other watches refuse it.
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
