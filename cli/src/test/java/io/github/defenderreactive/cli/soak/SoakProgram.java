package io.github.defenderreactive.cli.soak;

import io.github.defenderreactive.client.ClientResources;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderEnvironment;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.paging.ReadReport;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A program that reads all alerts repeatedly, with a concurrent watch, and reports on standard output. After the last
 * read it waits for two lines on standard input: the first ends the watch, the second the program.
 */
final class SoakProgram {

    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(3);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    private final DefenderClient reader;
    private final DefenderClient watcher;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong watched = new AtomicLong();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Instant startTime = Instant.now();
    private final long start = System.nanoTime();

    private SoakProgram(DefenderClient reader, DefenderClient watcher) {
        this.reader = reader;
        this.watcher = watcher;
    }

    /** Expects server, tenant, application, trusted certificate, cursor file, number of alerts and maximum seconds. */
    public static void main(String[] arguments) throws Exception {
        TransportOptions options = TransportOptions.builder()
                .trustedCertificates(Path.of(arguments[3]))
                .build();
        try (ClientResources shared = ClientResources.create(options);
                // The quota of the service allows 15 million alerts per hour.
                DefenderClient reader = client(arguments, shared, RateLimiter.unlimited());
                DefenderClient watcher = client(arguments, shared, RateLimiter.create())) {
            new SoakProgram(reader, watcher)
                    .run(
                            Path.of(arguments[4]),
                            Long.parseLong(arguments[5]),
                            Duration.ofSeconds(Long.parseLong(arguments[6])));
        }
    }

    private static DefenderClient client(String[] arguments, ClientResources shared, RateLimiter limiter) {
        URI server = URI.create(arguments[0]);
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE.withServer(server).withAuthority(server))
                .tenantId(arguments[1])
                .clientSecret(arguments[2], () -> System.getenv("DEFENDER_CLIENT_SECRET"))
                .resources(shared)
                .rateLimiter(limiter)
                .build();
    }

    private void run(Path cursor, long enough, Duration longest) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Mono<Void> watch = watch(cursor).cache();
        watch.subscribe();
        Disposable samples = Flux.interval(Duration.ZERO, SAMPLE_INTERVAL, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(tick -> System.out.println(Sample.take(seconds(), items.get(), watched.get())));
        while (items.get() < enough && seconds() < longest.toSeconds()) {
            System.out.println(read());
        }
        System.out.println("enough after " + seconds() + " s");
        orders.readLine();
        stop.tryEmitEmpty();
        watch.block();
        samples.dispose();
        System.out.println("idle");
        orders.readLine();
    }

    private CompleteRead read() {
        AtomicLong count = new AtomicLong();
        AtomicLong sum = new AtomicLong();
        AtomicReference<ReadReport> report = new AtomicReference<>();
        reader.alerts()
                .list()
                .doOnReport(report::set)
                .doOnNext(alert -> {
                    sum.addAndGet(CompleteRead.hash(alert.id()));
                    count.incrementAndGet();
                    items.incrementAndGet();
                })
                .then()
                .block();
        return new CompleteRead(count.get(), sum.get(), report.get().calls());
    }

    private Mono<Void> watch(Path cursor) {
        WatchOptions options = WatchOptions.builder()
                .store(CursorStore.file(cursor))
                .since(startTime)
                .every(POLL_INTERVAL)
                .stopWhen(stop.asMono())
                .build();
        return watcher.alerts()
                .watch(options)
                .concatMap(delivery -> delivery.acknowledge().doOnSuccess(done -> watched.incrementAndGet()))
                .then();
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }
}
