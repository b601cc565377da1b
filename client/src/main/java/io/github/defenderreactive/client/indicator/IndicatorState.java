package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Comparison of an indicator with the row that it should be, and the mark of its owner. */
final class IndicatorState {

    /** The resolution of times in the service. */
    private static final Duration TICK = Duration.ofNanos(100);

    private IndicatorState() {}

    static boolean isMarked(Indicator indicator, String mark) {
        String description = indicator.description();
        return description != null && description.stripTrailing().endsWith(mark);
    }

    static SubmitIndicatorRequest marked(SubmitIndicatorRequest row, String mark) {
        String description = row.description() == null ? "" : row.description().stripTrailing();
        return description.endsWith(mark)
                ? row
                : row.toBuilder().description(description + " " + mark).build();
    }

    /**
     * Returns whether the members that the row sets have its values. The application is left out, because the service
     * stores it only when an indicator is created.
     */
    static boolean isAsWanted(Indicator indicator, SubmitIndicatorRequest row) {
        return unset(row.action(), indicator.action())
                && unset(row.title(), indicator.title())
                && unset(row.description(), indicator.description())
                && sameTime(row.expirationTime(), indicator.expirationTime())
                && unset(row.severity(), indicator.severity())
                && unset(row.recommendedActions(), indicator.recommendedActions())
                && (row.rbacGroupNames().isEmpty()
                        || new HashSet<>(row.rbacGroupNames()).equals(new HashSet<>(indicator.rbacGroupNames())))
                && unset(row.educateUrl(), indicator.educateUrl())
                && unset(row.generateAlert(), indicator.generateAlert());
    }

    private static boolean unset(@Nullable Object wanted, @Nullable Object existing) {
        return wanted == null || Objects.equals(wanted, existing);
    }

    private static boolean sameTime(@Nullable Instant wanted, @Nullable Instant existing) {
        return wanted == null
                || existing != null && Duration.between(wanted, existing).abs().compareTo(TICK) < 0;
    }
}
