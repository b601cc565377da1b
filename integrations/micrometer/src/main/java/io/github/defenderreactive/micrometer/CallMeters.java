package io.github.defenderreactive.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of calls. They are looked up in the registry by their tags each time, so that a registry that was cleared
 * gets new ones.
 */
final class CallMeters {

    final MeterProvider<DistributionSummary> limiterQueue;
    final MeterProvider<Timer> limiterWait;
    final MeterProvider<Timer> tokenWait;
    final MeterProvider<Counter> pages;
    final MeterProvider<Counter> items;
    final MeterProvider<Counter> bytes;

    CallMeters(MeterRegistry registry) {
        limiterQueue = DistributionSummary.builder("defender.limiter.queue")
                .baseUnit("attempts")
                .description("Attempts already waiting when an attempt requests a permit of the rate limiter")
                .withRegistry(registry);
        limiterWait = Timer.builder("defender.limiter.wait")
                .description("Time until the rate limiter grants a permit to an attempt")
                .withRegistry(registry);
        tokenWait = Timer.builder("defender.token.wait")
                .description("Time until the access token of an attempt is available")
                .withRegistry(registry);
        pages = Counter.builder("defender.pages")
                .baseUnit("pages")
                .description("Pages that were read to their end")
                .withRegistry(registry);
        items = Counter.builder("defender.items")
                .baseUnit("items")
                .description("Items and entities that were emitted")
                .withRegistry(registry);
        bytes = Counter.builder("defender.bytes")
                .baseUnit("bytes")
                .description("Bytes of responses that were read, without content coding")
                .withRegistry(registry);
    }
}
