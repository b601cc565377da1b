package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One acquisition from the shared quota. A permit that is acquired after the caller has cancelled is released. */
final class SharedPermit {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPermit.class);

    private SharedPermit() {}

    /** Emits zero with the permit, or the delay before the next request. */
    static Mono<Duration> request(SharedQuota shared, Quota quota) {
        return Mono.create(sink -> {
            AtomicBoolean settled = new AtomicBoolean();
            // a cancel settles the request; after a response there is nothing left to settle
            sink.onCancel(() -> settled.set(true));
            Consumer<Throwable> failed = failure -> {
                LOG.warn(
                        "The shared quota of {} is not available, so only the limits of this process apply: {}",
                        quota.group(),
                        failure.toString());
                // no permit was taken, so a caller that has cancelled has none to release
                if (settled.compareAndSet(false, true)) {
                    sink.success(Duration.ZERO);
                }
            };
            try {
                shared.acquire(quota)
                        .defaultIfEmpty(Duration.ZERO)
                        .subscribe(
                                wait -> {
                                    if (settled.compareAndSet(false, true)) {
                                        sink.success(wait);
                                    } else if (isTaken(wait)) {
                                        release(shared, quota);
                                    }
                                },
                                failed);
            } catch (Throwable thrown) {
                // any error: if it were rethrown, the caller would wait indefinitely
                failed.accept(thrown);
            }
        });
    }

    static boolean isTaken(Duration wait) {
        return wait.isZero() || wait.isNegative();
    }

    private static void release(SharedQuota shared, Quota quota) {
        Mono.defer(() -> shared.release(quota))
                .subscribe(
                        nothing -> {},
                        failure -> LOG.debug(
                                "A permit of the shared quota of {} was not released", quota.group(), failure));
    }
}
