package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Pipelines for tests: no waits but those a test asks for. */
public final class Pipelines {

    private Pipelines() {}

    public static PipelineBuilder over(Transport transport) {
        AtomicInteger issued = new AtomicInteger();
        TokenCache tokens = TokenCache.of(request -> Mono.fromSupplier(() ->
                AccessToken.of("token" + issued.incrementAndGet(), Instant.now().plusSeconds(3600))));
        return Pipeline.builder()
                .transport(transport)
                .apiRoot(URI.create("https://api.test/api"))
                .authorization(tokens, "scope/.default")
                .rateLimiter(RateLimiter.unlimited())
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ZERO)
                        .maxDelay(Duration.ZERO)
                        .build());
    }
}
