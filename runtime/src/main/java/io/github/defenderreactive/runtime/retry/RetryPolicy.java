package io.github.defenderreactive.runtime.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * How often and after what wait an attempt is repeated. Immutable. Which failures may be repeated is not a matter of
 * taste and is decided by {@link RetryDecision}.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

    /** Attempts of a call, the first one included. */
    public static final int DEFAULT_MAX_ATTEMPTS = 4;

    /** Upper bound of the first wait. */
    public static final Duration DEFAULT_BASE_DELAY = Duration.ofMillis(200);

    /** Upper bound of every wait that the service does not ask for. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(20);

    /** Tokens of the retry budget of one client. */
    public static final int DEFAULT_BUDGET = 500;

    private static final RetryPolicy DEFAULT = builder().build();
    private static final RetryPolicy NONE = builder().maxAttempts(1).build();

    private final int maxAttempts;
    private final Duration baseDelay;
    private final Duration maxDelay;
    private final int budget;
    private final int notFoundRetries;

    private RetryPolicy(Builder builder) {
        this.maxAttempts = builder.maxAttempts;
        this.baseDelay = builder.baseDelay;
        this.maxDelay = builder.maxDelay;
        this.budget = builder.budget;
        this.notFoundRetries = builder.notFoundRetries;
    }

    /**
     * Up to 4 attempts, waits of at most 200 ms, 400 ms, 800 ms.
     *
     * @return the policy used when none is chosen
     */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /**
     * No repeat. An access token that the service refuses is still replaced once.
     *
     * @return the policy
     */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * Begins a policy with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Attempts of a call, the first one included.
     *
     * @return at least 1
     */
    public int maxAttempts() {
        return maxAttempts;
    }

    /**
     * Tokens of the retry budget.
     *
     * @return 0 or more
     */
    public int budget() {
        return budget;
    }

    /**
     * How often a read is repeated that finds nothing.
     *
     * @return 0 or more
     */
    public int notFoundRetries() {
        return notFoundRetries;
    }

    /**
     * The wait before a repeat that the service does not time: a random part of an upper bound that doubles with every
     * failure.
     *
     * @param failures failed attempts so far, at least 1
     * @param random gives values from 0 to 1
     * @return zero to the maximal delay
     */
    public Duration backoff(int failures, DoubleSupplier random) {
        long base = baseDelay.toNanos();
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(Math.max(1, base)) - 2);
        long bound = Math.min(maxDelay.toNanos(), base << Math.max(0, doublings));
        return Duration.ofNanos((long) (bound * random.getAsDouble()));
    }

    /** Collects the settings of a policy. */
    public static final class Builder {

        private int maxAttempts = DEFAULT_MAX_ATTEMPTS;
        private Duration baseDelay = DEFAULT_BASE_DELAY;
        private Duration maxDelay = DEFAULT_MAX_DELAY;
        private int budget = DEFAULT_BUDGET;
        private int notFoundRetries;

        private Builder() {}

        /**
         * Sets the attempts of a call.
         *
         * @param attempts attempts, the first one included; at least 1, default 4
         * @return this builder
         */
        public Builder maxAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("At least one attempt is needed: " + attempts);
            }
            this.maxAttempts = attempts;
            return this;
        }

        /**
         * Sets the upper bound of the first wait.
         *
         * @param delay not negative, default 200 ms
         * @return this builder
         */
        public Builder baseDelay(Duration delay) {
            this.baseDelay = notNegative(delay);
            return this;
        }

        /**
         * Sets the upper bound of every wait that the service does not ask for.
         *
         * @param delay not negative, default 20 s
         * @return this builder
         */
        public Builder maxDelay(Duration delay) {
            this.maxDelay = notNegative(delay);
            return this;
        }

        /**
         * Sets the retry budget of the client; see {@link RetryBudget}.
         *
         * @param tokens 0 or more, default 500
         * @return this builder
         */
        public Builder budget(int tokens) {
            if (tokens < 0) {
                throw new IllegalArgumentException("Budget is negative: " + tokens);
            }
            this.budget = tokens;
            return this;
        }

        /**
         * Sets how often a read (GET) is repeated that finds nothing, for what was just created and is not visible yet.
         * Counted apart from the attempts after failures, with the same waits, within the same deadline and budget.
         * Where an operation answers "none" with 404, none is the answer and nothing is repeated.
         *
         * @param repeats 0 or more, default 0
         * @return this builder
         */
        public Builder notFoundRetries(int repeats) {
            if (repeats < 0) {
                throw new IllegalArgumentException("Repeats are negative: " + repeats);
            }
            this.notFoundRetries = repeats;
            return this;
        }

        /**
         * Finishes the policy.
         *
         * @return the policy
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }

        private static Duration notNegative(Duration delay) {
            Objects.requireNonNull(delay, "delay");
            if (delay.isNegative()) {
                throw new IllegalArgumentException("Delay is negative: " + delay);
            }
            return delay;
        }
    }
}
