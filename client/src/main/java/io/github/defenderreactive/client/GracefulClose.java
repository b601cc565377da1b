package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.operation.CallScope;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A close that waits for the calls in progress, up to a limit. */
final class GracefulClose {

    private GracefulClose() {}

    static Mono<Void> of(CallScope calls, Duration grace, Mono<Void> close) {
        Objects.requireNonNull(grace, "grace");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must be >= 0, was " + grace);
        }
        return Mono.defer(() -> {
            calls.close();
            return calls.idle().timeout(grace, Mono.empty()).then(close);
        });
    }
}
