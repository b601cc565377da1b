package io.github.defenderreactive.client.action;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of an {@link Action}. Immutable; {@link #mutate()} derives another.
 *
 * @since 0.1.0
 */
public final class ActionOptions {

    /** Default number of devices that a bulk action handles at the same time. */
    public static final int DEFAULT_CONCURRENCY = 256;

    private static final ActionOptions DEFAULTS = builder().build();

    private final WhenActive whenActive;
    private final @Nullable Instant resumeSince;
    private final boolean cancelOnTimeout;
    private final boolean cancelWithSubscriber;
    private final int concurrency;

    private ActionOptions(Builder builder) {
        this.whenActive = builder.whenActive;
        this.resumeSince = builder.resumeSince;
        this.cancelOnTimeout = builder.cancelOnTimeout;
        this.cancelWithSubscriber = builder.cancelWithSubscriber;
        this.concurrency = builder.concurrency;
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
     * @return the options
     */
    public static ActionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the values of these options.
     *
     * @return a new builder
     */
    public Builder mutate() {
        Builder builder = new Builder();
        builder.whenActive = whenActive;
        builder.resumeSince = resumeSince;
        builder.cancelOnTimeout = cancelOnTimeout;
        builder.cancelWithSubscriber = cancelWithSubscriber;
        builder.concurrency = concurrency;
        return builder;
    }

    /**
     * Returns the behaviour if an action of the same kind is active on the device.
     *
     * @return the behaviour
     */
    public WhenActive whenActive() {
        return whenActive;
    }

    /**
     * Returns the time from which on an earlier action with the same comment counts as this one.
     *
     * @return the time, or null if every action is requested
     */
    public @Nullable Instant resumeSince() {
        return resumeSince;
    }

    /**
     * Returns whether an action that does not end in time is cancelled.
     *
     * @return true if it is cancelled
     */
    public boolean cancelOnTimeout() {
        return cancelOnTimeout;
    }

    /**
     * Returns whether cancelling the subscription cancels the action.
     *
     * @return true if it does
     */
    public boolean cancelWithSubscriber() {
        return cancelWithSubscriber;
    }

    /**
     * Returns the number of devices that a bulk action handles at the same time.
     *
     * @return at least 1
     */
    public int concurrency() {
        return concurrency;
    }

    /**
     * Builds {@link ActionOptions} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private WhenActive whenActive = WhenActive.JOIN;
        private @Nullable Instant resumeSince;
        private boolean cancelOnTimeout;
        private boolean cancelWithSubscriber;
        private int concurrency = DEFAULT_CONCURRENCY;

        private Builder() {}

        /**
         * Sets the behaviour if an action of the same kind is active on the device.
         *
         * @param value the behaviour; default {@link WhenActive#JOIN}
         * @return this builder
         */
        public Builder whenActive(WhenActive value) {
            this.whenActive = Objects.requireNonNull(value, "whenActive");
            return this;
        }

        /**
         * Makes a second run continue the first one, for example after a restart. An action of the same kind on the
         * device that has the same comment, and was created at or after this time, is followed or its end is reported;
         * no other action is requested. Give each job a comment of its own, such as its ticket. This costs one call of
         * the list of actions, in bulk for all devices together.
         *
         * @param start time at which the first run began; default none, so that every action is requested
         * @return this builder
         */
        public Builder resumeSince(Instant start) {
            this.resumeSince = Objects.requireNonNull(start, "start");
            return this;
        }

        /**
         * Cancels an action that does not end in time. Only an action that this client requested is cancelled, not one
         * that it joined.
         *
         * @param value default false: the action continues
         * @return this builder
         */
        public Builder cancelOnTimeout(boolean value) {
            this.cancelOnTimeout = value;
            return this;
        }

        /**
         * Cancels the action if the subscription is cancelled before it has ended. Only an action that this client
         * requested is cancelled. The cancellation is requested in the background, and its failure is not reported.
         *
         * @param value default false: the action continues
         * @return this builder
         */
        public Builder cancelWithSubscriber(boolean value) {
            this.cancelWithSubscriber = value;
            return this;
        }

        /**
         * Sets the number of devices that a bulk action handles at the same time, from the request to the end of the
         * action.
         *
         * @param devices at least 1; default {@link #DEFAULT_CONCURRENCY}
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder concurrency(int devices) {
            if (devices < 1) {
                throw new IllegalArgumentException("concurrency must be >= 1, was " + devices);
            }
            this.concurrency = devices;
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public ActionOptions build() {
            return new ActionOptions(this);
        }
    }
}
