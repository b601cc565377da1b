package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each attempt, at DEBUG. The path is the template of the operation: ids, queries, bodies and tokens
 * are not logged, and of a failure only its type and code, because messages may contain details of the request.
 */
final class AttemptLog {

    private static final Logger LOG = LoggerFactory.getLogger(CallListener.ATTEMPT_LOGGER);

    private final OperationInfo operation;

    AttemptLog(OperationInfo operation) {
        this.operation = operation;
    }

    static boolean isEnabled() {
        return LOG.isDebugEnabled();
    }

    void ended(AttemptSummary attempt) {
        try {
            LOG.debug(line(attempt));
        } catch (Throwable unheard) {
            // A failure of the log must not end a call.
        }
    }

    private String line(AttemptSummary attempt) {
        StringBuilder line = new StringBuilder(operation.id())
                .append(' ')
                .append(operation.method())
                .append(' ')
                .append(operation.path())
                .append(" attempt ")
                .append(attempt.number())
                .append(": ")
                .append(attempt.outcome().label());
        if (attempt.status() != 0) {
            line.append(", HTTP ").append(attempt.status());
        }
        if (attempt.failure() instanceof DefenderException failure && failure.serviceCode() != null) {
            line.append(", code ").append(failure.serviceCode());
        }
        line.append(", ")
                .append(attempt.bytes())
                .append(" bytes in ")
                .append(attempt.time().toMillis())
                .append(" ms");
        if (attempt.requestId() != null) {
            line.append(", request ").append(attempt.requestId());
        }
        return line.toString();
    }
}
