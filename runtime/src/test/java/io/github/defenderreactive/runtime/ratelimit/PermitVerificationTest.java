package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.testing.ReactiveStreamsRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The rules of Reactive Streams for a permit. It has no element for the kit to look at, so the kit sees one that follows it;
 * what the permit itself signals is looked at beside.
 */
class PermitVerificationTest {

    private static final Quota QUOTA = new Quota("g", 1, 0);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
    private final List<String> signals = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRulesInFrontOfAnElement() {
        return ReactiveStreamsRules.ofOneElement(elements -> RateLimiter.create()
                .permits()
                .acquire(QUOTA, Lane.BULK, PATIENCE)
                .thenReturn(1));
    }

    @Test
    void shouldSignalTheSubscriptionAndThenOneEndWhateverIsDemanded() {
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).subscribe(new Noting(3));
        assertThat(signals).containsExactly("subscription", "complete");
    }

    @Test
    void shouldEndWithoutDemand() {
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).subscribe(new Noting(0));
        assertThat(signals).containsExactly("subscription", "complete");
    }

    @Test
    void shouldSignalNothingBehindACancel() {
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).block();
        Noting waiting = new Noting(1);
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).subscribe(waiting);
        waiting.subscription.cancel();
        waiting.subscription.cancel();
        waiting.subscription.request(1);
        time.advanceTimeBy(PATIENCE.multipliedBy(2));
        assertThat(signals).containsExactly("subscription");
        assertThat(limiter.waiting(QUOTA)).isZero();
    }

    @Test
    void shouldRefuseDemandOfNothing() {
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).block();
        Noting waiting = new Noting(0);
        limiter.permits().acquire(QUOTA, Lane.BULK, PATIENCE).subscribe(waiting);
        waiting.subscription.request(-1);
        time.advanceTimeBy(PATIENCE.multipliedBy(2));
        assertThat(signals).containsExactly("subscription", "java.lang.IllegalArgumentException");
    }

    /** No subscriber of Reactor's, which would be trusted to keep the rules. */
    private final class Noting implements Subscriber<Void> {

        private final long demand;
        private Subscription subscription;

        Noting(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            signals.add("subscription");
            if (demand > 0) {
                begun.request(demand);
            }
        }

        @Override
        public void onNext(Void nothing) {
            signals.add("element");
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure.getClass().getName());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }
}
