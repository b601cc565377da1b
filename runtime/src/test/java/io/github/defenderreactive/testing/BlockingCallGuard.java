package io.github.defenderreactive.testing;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Requires that a blocking call on a thread that must not block fails. BlockHound is installed by a listener that JUnit
 * finds by itself; if it were missing, every blocking call would pass.
 */
final class BlockingCallGuard {

    private static boolean checked;

    private BlockingCallGuard() {}

    static synchronized void check() {
        if (checked) {
            return;
        }
        Boolean refused = Mono.fromCallable(() -> {
                    // The blocking call that must be refused, on a thread that must not block.
                    Thread.sleep(1);
                    return false;
                })
                .subscribeOn(Schedulers.parallel())
                .onErrorResume(error -> Mono.just(true))
                .block();
        if (!Boolean.TRUE.equals(refused)) {
            throw new AssertionError("BlockHound is not installed, so the tests would not notice a blocking call");
        }
        checked = true;
    }
}
