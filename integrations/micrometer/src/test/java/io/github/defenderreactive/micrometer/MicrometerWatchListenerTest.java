package io.github.defenderreactive.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

/** What Micrometer is told of a watch. */
class MicrometerWatchListenerTest {

    private static final Duration PATIENCE = Clients.PATIENCE;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR = DefenderEmulatorExtension.with(builder -> builder.size(25));

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry stopped = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallTime());
    }

    private static double lag(SimpleMeterRegistry registry) {
        return registry.get("defender.watch.lag")
                .tag("watch", "alerts")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    private WatchEvent.Polled polled(Duration behind) {
        Instant watermark = now().minus(behind);
        return new WatchEvent.Polled("alerts", watermark.minusSeconds(120), watermark, 9, 4, behind);
    }

    @Test
    void shouldShowALagThatGrowsUntilTheNextPoll() {
        MicrometerWatchListener listener = MicrometerWatchListener.create(stopped, "alerts");
        assertThat(lag(stopped)).isZero();
        clock.addSeconds(50);
        assertThat(lag(stopped)).isEqualTo(50);

        listener.accept(polled(Duration.ofSeconds(2)));
        assertThat(lag(stopped)).isEqualTo(2);
        clock.addSeconds(30);
        assertThat(lag(stopped)).isEqualTo(32);
        listener.accept(new WatchEvent.Retrying("alerts", new IllegalStateException(), 1, Duration.ofSeconds(1)));
        clock.addSeconds(30);
        assertThat(lag(stopped)).isEqualTo(62);

        listener.accept(polled(Duration.ofSeconds(3)));
        assertThat(lag(stopped)).isEqualTo(3);
        assertThat(stopped.get("defender.watch.lag").timeGauge().getId().getBaseUnit())
                .isEqualTo("seconds");
    }

    @Test
    void shouldLearnTheWatermarkFromAReportThatItStandsStill() {
        MicrometerWatchListener listener = MicrometerWatchListener.create(stopped, "alerts");
        listener.accept(new WatchEvent.Stuck(
                "alerts", now().minusSeconds(900), WatchEvent.Stuck.Reason.UNACKNOWLEDGED, 3, Duration.ofMinutes(5)));
        assertThat(lag(stopped)).isEqualTo(900);
        assertThat(stopped.get("defender.watch.stuck").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatHappens() {
        MicrometerWatchListener listener = MicrometerWatchListener.create(stopped, "alerts");
        for (String name : List.of("defender.watch.deliveries", "defender.watch.late", "defender.watch.stuck")) {
            assertThat(stopped.get(name).tag("watch", "alerts").counter().count())
                    .as(name)
                    .isZero();
        }
        listener.accept(polled(Duration.ZERO));
        listener.accept(polled(Duration.ZERO));
        listener.accept(new WatchEvent.Late("alerts", "da1_1", now()));
        ThrottledException refusal = new ThrottledException("slower", Duration.ofSeconds(1), ErrorContext.NONE);
        listener.accept(new WatchEvent.Retrying("alerts", refusal, 1, Duration.ofSeconds(1)));
        listener.accept(new WatchEvent.Retrying("alerts", refusal, 2, Duration.ofSeconds(1)));
        listener.accept(
                new WatchEvent.Retrying("alerts", new IllegalStateException("da1_1"), 1, Duration.ofSeconds(1)));

        assertThat(stopped.get("defender.watch.deliveries").counter().count()).isEqualTo(8);
        assertThat(stopped.get("defender.watch.late").counter().count()).isEqualTo(1);
        listener.accept(new WatchEvent.Irregular("alerts", "It has no id", "{}"));
        listener.accept(new WatchEvent.Doubted("alerts", now(), now()));
        listener.accept(new WatchEvent.ClockDiffers("alerts", Duration.ofDays(2)));
        listener.accept(new WatchEvent.MovedBack("alerts", now().plusSeconds(60), now().minusSeconds(40)));

        assertThat(stopped.get("defender.watch.irregular").counter().count()).isEqualTo(1);
        for (String problem : List.of("doubted", "clock_differs", "moved_back")) {
            assertThat(stopped.get("defender.watch.dates")
                            .tags("watch", "alerts", "problem", problem)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(lag(stopped)).isEqualTo(40);
        assertThat(retries(stopped, "throttled")).isEqualTo(2);
        assertThat(retries(stopped, "other")).isEqualTo(1);
        for (Meter meter : stopped.getMeters()) {
            assertThat(meter.getId().getTags())
                    .allSatisfy(tag -> assertThat(tag.getValue())
                            .isIn("alerts", "throttled", "other", "doubted", "clock_differs", "moved_back"));
        }
    }

    private static double retries(SimpleMeterRegistry registry, String outcome) {
        return registry.get("defender.watch.retries")
                .tags("watch", "alerts", "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void shouldTellWatchesApartAndRefuseTwoOfOneName() {
        MicrometerWatchListener first = MicrometerWatchListener.create(stopped, "alerts");
        MicrometerWatchListener.create(stopped, "others");
        assertThatThrownBy(() -> MicrometerWatchListener.create(stopped, "alerts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alerts");

        first.close();
        first.close();
        assertThat(stopped.find("defender.watch.lag").tag("watch", "alerts").meter())
                .isNull();
        assertThat(stopped.find("defender.watch.lag").tag("watch", "others").meter())
                .isNotNull();
        MicrometerWatchListener.create(stopped, "alerts");
        assertThat(lag(stopped)).isZero();
    }

    @Test
    void shouldMeasureEachWatchUnderTheNameOfItsOptions() {
        MicrometerWatchListener listener = MicrometerWatchListener.create(stopped);
        assertThat(stopped.getMeters()).isEmpty();
        listener.accept(new WatchEvent.Late("harbour", "da1_1", now()));
        listener.accept(new WatchEvent.Late("harbour", "da1_2", now()));
        listener.accept(new WatchEvent.Late("quay", "da1_1", now()));

        assertThat(late("harbour")).isEqualTo(2);
        assertThat(late("quay")).isEqualTo(1);

        listener.close();
        assertThat(stopped.find("defender.watch.lag").meter()).isNull();
        assertThat(late("harbour")).isEqualTo(2);
    }

    private double late(String watch) {
        return stopped.get("defender.watch.late").tag("watch", watch).counter().count();
    }

    @Test
    void shouldMeasureARealWatchBesideAListenerOfTheUser(DefenderEmulator emulator) {
        emulator.faults().add(Fault.status(503).on("listAlerts"));
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        try (MicrometerWatchListener listener = MicrometerWatchListener.create(meters, "alerts");
                DefenderClient client = Clients.builder(emulator)
                        .retryPolicy(RetryPolicy.none())
                        .callListener(MicrometerCallListener.create(meters))
                        .build()) {
            WatchOptions options = WatchOptions.builder()
                    .since(LONG_AGO)
                    .every(Duration.ofSeconds(1))
                    .listener(listener.andThen(events::add))
                    .build();
            Disposable watch = client.alerts()
                    .watch(options)
                    .concatMap(delivery -> delivery.acknowledge())
                    .subscribe();
            await().atMost(PATIENCE)
                    .until(() ->
                            meters.get("defender.watch.deliveries").counter().count() == 25
                                    && meters.get("defender.pages").counter().count() > 2);
            assertThat(lag(meters)).isBetween(-5.0, 60.0);
            watch.dispose();

            // Nobody polls any more, and the gauge says so.
            double last = lag(meters);
            await().atMost(PATIENCE).until(() -> lag(meters) > last);
        }
        assertThat(retries(meters, "service")).isEqualTo(1);
        assertThat(events)
                .hasAtLeastOneElementOfType(WatchEvent.Retrying.class)
                .hasAtLeastOneElementOfType(WatchEvent.Polled.class);
    }
}
