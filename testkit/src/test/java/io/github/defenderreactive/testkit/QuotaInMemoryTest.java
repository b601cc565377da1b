package io.github.defenderreactive.testkit;

import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.ratelimit.SharedQuota;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

class QuotaInMemoryTest extends SharedQuotaContract {

    @Override
    protected SharedQuota sharedQuota(Scheduler clock) {
        return new InMemory(clock);
    }

    /** The simplest that keeps the contract: the times of the last minute. */
    private static final class InMemory implements SharedQuota {

        private final Scheduler clock;
        private final Map<String, Deque<Long>> taken = new HashMap<>();

        InMemory(Scheduler clock) {
            this.clock = clock;
        }

        @Override
        public Mono<Duration> acquire(Quota quota) {
            return Mono.fromSupplier(() -> take(quota));
        }

        private synchronized Duration take(Quota quota) {
            long now = clock.now(TimeUnit.NANOSECONDS);
            Deque<Long> times = taken.computeIfAbsent(quota.group(), group -> new ArrayDeque<>());
            long minute = TimeUnit.MINUTES.toNanos(1);
            while (!times.isEmpty() && now - times.peek() >= minute) {
                times.poll();
            }
            if (quota.perMinute() != 0 && times.size() == quota.perMinute()) {
                return Duration.ofNanos(times.element() + minute - now);
            }
            times.add(now);
            return Duration.ZERO;
        }

        @Override
        public Mono<Void> release(Quota quota) {
            return Mono.fromRunnable(() -> giveBack(quota));
        }

        private synchronized void giveBack(Quota quota) {
            taken.get(quota.group()).pollLast();
        }
    }
}
