package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * A sync ended before all changes were made: the tenant cannot have as many indicators, and nothing was sent; or a call
 * failed, which is the cause. A later sync makes the changes that are missing.
 *
 * @since 0.1.0
 */
public final class IndicatorSyncException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient IndicatorSyncReport report;

    IndicatorSyncException(String text, IndicatorSyncReport report, @Nullable Throwable cause) {
        super(text, cause instanceof DefenderException failure ? failure.context() : ErrorContext.NONE, cause);
        this.report = report;
    }

    /**
     * Returns what was done before the error.
     *
     * @return the changes that were made, and the rows that failed
     */
    public IndicatorSyncReport report() {
        return report;
    }
}
