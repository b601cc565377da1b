package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One question to the shared quota. Whoever asked may leave meanwhile; what comes for nobody is given back. */
final class SharedPermit {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPermit.class);

    private SharedPermit() {}

    /** Emits zero with the permit, or the wait before the next question. */
    static Mono<Duration> ask(SharedQuota shared, Quota quota) {
        return Mono.create(sink -> {
            AtomicBoolean settled = new AtomicBoolean();
            // A cancel settles; after an answer there is nothing left to settle.
            sink.onCancel(() -> settled.set(true));
            Consumer<Throwable> failed = failure -> {
                LOG.warn(
                        "The shared quota of {} cannot be asked, so only this process is counted: {}",
                        quota.group(),
                        failure.toString());
                // Nothing was taken, so for a caller who has left there is nothing to give back.
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
                                        giveBack(shared, quota);
                                    }
                                },
                                failed);
            } catch (Throwable thrown) {
                // Whatever it is: thrown on, it would leave the caller waiting.
                failed.accept(thrown);
            }
        });
    }

    static boolean isTaken(Duration answer) {
        return answer.isZero() || answer.isNegative();
    }

    private static void giveBack(SharedQuota shared, Quota quota) {
        Mono.defer(() -> shared.release(quota))
                .subscribe(
                        nothing -> {}, failure -> LOG.debug("A call of {} was not given back", quota.group(), failure));
    }
}
