package io.github.defenderreactive.runtime.retry;

import io.github.defenderreactive.runtime.internal.Arguments;
import java.time.Duration;

/**
 * The number of attempts of a call and the delays between them. Immutable. The retryable failures are fixed: those of
 * attempts that were not carried out, and those whose response was lost if the operation may be sent twice.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

    /** The default number of attempts of a call, including the first one. */
    public static final int DEFAULT_MAX_ATTEMPTS = 4;

    /** The default upper bound of the first delay. */
    public static final Duration DEFAULT_BASE_DELAY = Duration.ofMillis(200);

    /** The default upper bound of every delay that the service does not request. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(20);

    /** The default number of retries in the retry budget of one client. */
    public static final int DEFAULT_RETRY_BUDGET = 100;

    private static final RetryPolicy DEFAULT = builder().build();
    private static final RetryPolicy NONE = builder().maxAttempts(1).build();

    private final int maxAttempts;
    private final Duration baseDelay;
    private final Duration maxDelay;
    private final int retryBudget;
    private final int notFoundRetries;

    private RetryPolicy(Builder builder) {
        this.maxAttempts = builder.maxAttempts;
        this.baseDelay = builder.baseDelay;
        this.maxDelay = builder.maxDelay;
        this.retryBudget = builder.retryBudget;
        this.notFoundRetries = builder.notFoundRetries;
    }

    /**
     * Returns the default policy: up to 4 attempts, with delays of at most 200 ms, 400 ms and 800 ms.
     *
     * @return the policy used if none is set
     */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /**
     * Returns a policy without retries. An access token that the service rejects is still replaced once.
     *
     * @return the policy
     */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * Returns a new builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of attempts of a call, including the first one.
     *
     * @return at least 1
     */
    public int maxAttempts() {
        return maxAttempts;
    }

    /**
     * Returns the number of retries in the retry budget of one client.
     *
     * @return 0 or more
     */
    public int retryBudget() {
        return retryBudget;
    }

    /**
     * Returns the number of retries of a read that responds with 404.
     *
     * @return 0 or more
     */
    public int notFoundRetries() {
        return notFoundRetries;
    }

    /**
     * Returns the upper bound of the first delay.
     *
     * @return zero or more
     */
    public Duration baseDelay() {
        return baseDelay;
    }

    /**
     * Returns the upper bound of every delay that the service does not request.
     *
     * @return zero or more
     */
    public Duration maxDelay() {
        return maxDelay;
    }

    /**
     * Returns a builder with the values of this policy.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder()
                .maxAttempts(maxAttempts)
                .baseDelay(baseDelay)
                .maxDelay(maxDelay)
                .retryBudget(retryBudget)
                .notFoundRetries(notFoundRetries);
    }

    /** Builds {@link RetryPolicy} instances. */
    public static final class Builder {

        private int maxAttempts = DEFAULT_MAX_ATTEMPTS;
        private Duration baseDelay = DEFAULT_BASE_DELAY;
        private Duration maxDelay = DEFAULT_MAX_DELAY;
        private int retryBudget = DEFAULT_RETRY_BUDGET;
        private int notFoundRetries;

        private Builder() {}

        /**
         * Sets the number of attempts of a call.
         *
         * @param attempts the number, including the first attempt; at least 1, default 4
         * @return this builder
         */
        public Builder maxAttempts(int attempts) {
            this.maxAttempts = Arguments.atLeast("maxAttempts", attempts, 1);
            return this;
        }

        /**
         * Sets the upper bound of the first delay.
         *
         * @param delay the bound; not negative, default 200 ms
         * @return this builder
         */
        public Builder baseDelay(Duration delay) {
            this.baseDelay = Arguments.notNegative("baseDelay", delay);
            return this;
        }

        /**
         * Sets the upper bound of every delay that the service does not request.
         *
         * @param delay the bound; not negative, default 20 s
         * @return this builder
         */
        public Builder maxDelay(Duration delay) {
            this.maxDelay = Arguments.notNegative("maxDelay", delay);
            return this;
        }

        /**
         * Sets the retry budget of the client, which limits the load on a failing service. A retry takes one from the
         * budget. A call that succeeds after retries gives one back, and a call that succeeds at once gives back a
         * fifth of one.
         *
         * @param retries the maximum number of consecutive retries without a success, shared by all calls of the
         *     client; 0 or more, default 100
         * @return this builder
         */
        public Builder retryBudget(int retries) {
            this.retryBudget = Arguments.atLeast("retryBudget", retries, 0);
            return this;
        }

        /**
         * Sets the number of retries of a read (GET) that responds with 404, for entities that were just created and
         * are not visible yet. These retries do not count as attempts after failures, but use the same delays, deadline
         * and budget. An operation for which 404 means an empty result is not retried.
         *
         * @param retries 0 or more, default 0
         * @return this builder
         */
        public Builder notFoundRetries(int retries) {
            this.notFoundRetries = Arguments.atLeast("notFoundRetries", retries, 0);
            return this;
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
