package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.hunting.HuntingBackend;
import io.github.defenderreactive.client.hunting.HuntingLimit;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import io.github.defenderreactive.client.hunting.HuntingReport;
import io.github.defenderreactive.client.hunting.HuntingRow;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Ranges of time that one response cannot hold, over TLS: complete, and nothing twice. */
class HuntingWindowsTest {

    private static final HuntingQuery EVIDENCE =
            HuntingQuery.of("AlertEvidence | project Timestamp, AlertId, EntityType, FileName ;");

    private DefenderEmulator emulator;
    private DefenderClient client;
    private final List<HuntingReport> reports = new ArrayList<>();

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(5_000).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private static List<String> texts(Flux<HuntingRow> rows) {
        return rows.map(HuntingRow::toString).collectList().block(Clients.PATIENCE);
    }

    private Instant now() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSplitRangesThatAreTooLarge(HuntingBackend backend) {
        Instant from = now().minus(Duration.ofDays(40));
        List<String> expected = texts(client.hunting().query(EVIDENCE));
        emulator.tenant().huntingLimits(100_000, 40_000);

        List<String> rows =
                texts(client.hunting().over(backend).windows(EVIDENCE, "Timestamp", from, now(), reports::add));

        assertThat(rows).hasSizeGreaterThan(2_000).containsExactlyInAnyOrderElementsOf(expected);
        HuntingReport report = reports.get(0);
        assertThat(reports).hasSize(1);
        assertThat(report.rows()).isEqualTo(expected.size());
        assertThat(report.repeated()).isZero();
        assertThat(report.splits()).isGreaterThan(5);
        assertThat(report.windows()).isEqualTo(report.splits() + 1);
    }

    @Test
    void shouldContinueAfterALostConnection() {
        Instant from = now().minus(Duration.ofDays(40));
        List<String> expected = texts(client.hunting().query(EVIDENCE));
        emulator.faults().add(Fault.resetAfter(50_000).on("runHuntingQuery").times(2));

        List<String> rows = texts(client.hunting().windows(EVIDENCE, "Timestamp", from, now(), reports::add));

        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reports.get(0).repeated()).isPositive();
        assertThat(emulator.journal().calls("runHuntingQuery")).hasSize(4);
    }

    @Test
    void shouldStopSplittingAQueryThatDoesNotGetCheaper() {
        emulator.faults()
                .add(Fault.status(400)
                        .body(
                                "application/json",
                                "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Query execution has exceeded the allowed"
                                        + " limits.\"}}")
                        .on("runHuntingQuery")
                        .always());
        Instant to = now();
        Instant from = to.minus(Duration.ofMinutes(16));

        StepVerifier.create(
                        client.hunting().windows(HuntingQuery.of("DeviceInfo"), "Timestamp", from, to, reports::add))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(BadRequestException.class)
                            .hasMessageContaining("reached by the rows from ")
                            .hasMessageContaining("a shorter range is not tried");
                    assertThat(HuntingLimit.of(error)).isEqualTo(HuntingLimit.RESOURCES);
                })
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("runHuntingQuery")).hasSize(5);
        assertThat(reports.get(0).splits()).isEqualTo(4);
        assertThat(reports.get(0).completeUntil()).isBetween(from.minusNanos(100), from);
    }

    @Test
    void shouldNotSplitAWrongQuery() {
        Instant to = now();

        StepVerifier.create(client.withRetry(RetryPolicy.none())
                        .hunting()
                        .windows(HuntingQuery.of("AlertInfo | count"), "Timestamp", to.minusSeconds(60), to))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DefenderException.class).hasMessageContaining("Timestamp");
                    assertThat(HuntingLimit.of(error)).isNull();
                })
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("runHuntingQuery")).hasSize(1);
    }

    @Test
    void shouldReportOnceWhenItIsCancelled() {
        emulator.tenant().huntingLimits(100_000, 40_000);

        StepVerifier.create(client.hunting()
                        .windows(EVIDENCE, "Timestamp", now().minus(Duration.ofDays(40)), now(), reports::add)
                        .take(500))
                .expectNextCount(500)
                .expectComplete()
                .verify(Clients.PATIENCE);

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).rows()).isBetween(500L, 800L);
    }

    @Test
    void shouldGiveTheSameRowsAfterARestart() {
        Instant to = now();
        Instant from = to.minus(Duration.ofDays(40));
        emulator.tenant().huntingLimits(100_000, 40_000);
        List<String> undisturbed = texts(client.hunting().windows(EVIDENCE, "Timestamp", from, to));

        List<HuntingRow> before = client.hunting()
                .windows(EVIDENCE, "Timestamp", from, to, reports::add)
                .take(1_000)
                .collectList()
                .block(Clients.PATIENCE);
        Instant complete = reports.get(0).completeUntil();
        List<String> rows = texts(Flux.fromIterable(before)
                .filter(row -> row.time("Timestamp").isBefore(complete))
                .concatWith(client.hunting().windows(EVIDENCE, "Timestamp", complete, to)));

        assertThat(complete).isBetween(from, to);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    @Test
    void shouldCheckItsArguments() {
        Instant to = now();

        assertThatThrownBy(() -> client.hunting().windows(EVIDENCE, "Timestamp or 1==1", to.minusSeconds(1), to))
                .hasMessageStartingWith("timeColumn must be a name");
        assertThatThrownBy(() -> client.hunting().windows(EVIDENCE, "Timestamp", to, to))
                .hasMessageStartingWith("to must be after from");
    }
}
