package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** The meters of one call. Notifies another listener first. */
final class MeteredCall implements CallListener {

    private final CallListener next;
    private final CallMeters meters;
    private final Tags api;
    private final Tags quota;
    private final Tags operation;
    private final boolean paged;

    MeteredCall(CallListener next, CallMeters meters, OperationInfo called) {
        this.next = next;
        this.meters = meters;
        this.api = Tags.of("api", called.api());
        this.quota = api.and("quota", called.quota().group());
        this.operation = api.and("operation", called.id());
        this.paged = called.paging().strategy() != Paging.Strategy.NONE;
    }

    @Override
    public void permitRequested(int waiting) {
        meters.limiterQueue.withTags(quota).record(waiting);
    }

    @Override
    public void permitGranted(Duration waited) {
        meters.limiterWait.withTags(quota).record(waited);
    }

    @Override
    public void tokenReady(Duration waited) {
        meters.tokenWait.withTags(api).record(waited);
    }

    @Override
    public void attemptStarted(int number) {
        next.attemptStarted(number);
    }

    @Override
    public void attemptEnded(AttemptSummary attempt) {
        next.attemptEnded(attempt);
        meters.bytes.withTags(operation).increment((double) attempt.bytes());
    }

    @Override
    public void callEnded(CallSummary call) {
        next.callEnded(call);
        meters.items.withTags(operation).increment((double) call.items());
        if (paged && call.outcome() == Outcome.SUCCESS) {
            meters.pages.withTags(operation).increment();
        }
    }
}
