package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the service that a query has reached. {@link #of} tells such a failure from that of a wrong query, which
 * has the same status.
 *
 * @since 0.1.0
 */
public enum HuntingLimit {
    /** The result has as many rows as a response can have, so rows are missing. */
    ROWS(Duration.ofMillis(1), "record count limit", "number of rows", "too many rows"),
    /** The result has more bytes than a response can have. */
    SIZE(Duration.ofMillis(1), "allowed result size", "data size limit", "result is too large"),
    /** The query needs too much memory or processor time. */
    RESOURCES(Duration.ofMinutes(1), "allowed limits", "preempted", "low memory", "runaway query"),
    /** The query runs for too long. */
    TIME(Duration.ofMinutes(1), "timed out", "timeout", "execution time"),
    /** The calls or the processor time of the tenant are used up until {@code retryAfter()} of the error. */
    QUOTA(Duration.ZERO);

    private static final int GATEWAY_TIMEOUT = 504;

    private final Duration narrowest;
    // an immutable list, which the checker cannot recognise
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> words;

    HuntingLimit(Duration narrowest, String... words) {
        this.narrowest = narrowest;
        this.words = List.of(words);
    }

    /**
     * Returns the limit that a failed query has reached.
     *
     * @param error the error of a query
     * @return the limit, or null if the query failed for another reason, such as a mistake in it
     */
    public static @Nullable HuntingLimit of(Throwable error) {
        if (error instanceof PossibleTruncationException) {
            return ROWS;
        } else if (error instanceof ThrottledException) {
            return QUOTA;
        } else if (error instanceof CallTimeoutException timeout) {
            return timeout.phase() == CallTimeoutException.Phase.RESPONSE
                            || timeout.phase() == CallTimeoutException.Phase.DEADLINE
                    ? TIME
                    : null;
        } else if (error instanceof ServiceException failure) {
            return failure.status() == GATEWAY_TIMEOUT ? TIME : inText(failure.text());
        }
        return error instanceof BadRequestException refusal ? inText(refusal.text()) : null;
    }

    private static @Nullable HuntingLimit inText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(limit -> limit.words.stream().anyMatch(lower::contains))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether the failure can be avoided by a shorter range of time, down to the shortest that is tried. */
    boolean isSolvedBySplitting(Duration range) {
        return this != QUOTA && range.compareTo(narrowest.multipliedBy(2)) >= 0;
    }
}
