package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** No alert is lost or comes twice, whatever happens to the tenant while it is read. */
class CompleteReadTest {

    private static final Instant OLD = Instant.now().minus(Duration.ofDays(40)).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void shouldReadEveryAlertOnceWhileOthersComeAndChange() {
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(2_000).pageSize(100).start();
                DefenderClient client = Clients.of(emulator)) {
            Set<String> there = generated(emulator);
            List<String> seen = read(client.alerts().list(), alert -> {
                if (alert.id().hashCode() % 10 == 0) {
                    emulator.tenant().alerts().add(Map.of());
                    emulator.tenant().alerts().add(Map.of("alertCreationTime", OLD));
                    emulator.tenant().alerts().add(Map.of("alertCreationTime", alert.alertCreationTime()));
                    emulator.tenant().alerts().update(alert.id(), Map.of("status", "Resolved"));
                }
            });

            assertThat(seen).doesNotHaveDuplicates().containsAll(there);
        }
    }

    /** The everyday case: each alert that is read is dealt with and so leaves the filter. */
    @Test
    void shouldLoseNothingWhenWhatIsReadLeavesTheFilterWhereLinksLoseAlerts() {
        ListAlertsQuery open = ListAlertsQuery.builder()
                .filter(AlertFields.STATUS.ne(AlertStatus.RESOLVED))
                .build();
        List<Integer> lost = new ArrayList<>();
        for (boolean windows : List.of(true, false)) {
            try (DefenderEmulator emulator =
                            DefenderEmulator.builder().size(2_000).pageSize(100).start();
                    DefenderClient client = Clients.of(emulator)) {
                Set<String> there = new HashSet<>(read(client.alerts().list(open), alert -> {}));
                PagedFlux<Alert> alerts = client.alerts().list(open);

                List<String> seen = read(
                        windows ? alerts : alerts.withoutTimeWindows(),
                        alert -> emulator.tenant().alerts().update(alert.id(), Map.of("status", "Resolved")));

                assertThat(seen).doesNotHaveDuplicates();
                there.removeAll(seen);
                lost.add(there.size());
            }
        }
        assertThat(lost.get(0)).isZero();
        assertThat(lost.get(1)).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({"40, 1", "200000, 21"})
    void shouldCostLittleMoreThanThePagesThereAre(int alerts, int calls) {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(alerts).start();
                DefenderClient client = Clients.of(emulator)) {
            AtomicReference<ReadReport> report = new AtomicReference<>();
            client.alerts().list().doOnReport(report::set).blockLast(Clients.PATIENCE);

            assertThat(report.get())
                    .isEqualTo(new ReadReport(
                            true,
                            alerts,
                            calls - 1,
                            calls,
                            calls,
                            calls,
                            report.get().throttled()));
            assertThat(report.get().throttled()).isLessThan(Duration.ofSeconds(1));
            assertThat(emulator.journal().calls("listAlerts"))
                    .hasSize(calls)
                    .allSatisfy(call -> assertThat(call.target()).doesNotContain("$top", "$skip", "$orderby"));
        }
    }

    @Test
    void shouldReadABurstOnOneTickThatFitsAPageAndRefuseOneThatDoesNot() {
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(300).pageSize(50).start();
                DefenderClient client = Clients.of(emulator)) {
            for (int i = 0; i < 50; i++) {
                emulator.tenant().alerts().add(Map.of("alertCreationTime", OLD));
            }
            assertThat(read(client.alerts().list(), alert -> {})).hasSize(350).doesNotHaveDuplicates();

            emulator.tenant().alerts().add(Map.of("alertCreationTime", OLD));
            StepVerifier.create(client.alerts().list())
                    .thenConsumeWhile(alert -> true)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PossibleTruncationException.class)
                            .hasMessageContaining(OLD.toString()))
                    .verify(Clients.PATIENCE);
        }
    }

    @Test
    void shouldGoOnFromATokenInAnotherClient() {
        try (DefenderEmulator emulator =
                DefenderEmulator.builder().size(1_000).pageSize(100).start()) {
            Set<String> seen = new HashSet<>();
            String kept;
            try (DefenderClient client = Clients.of(emulator)) {
                List<Page<Alert>> pages =
                        client.alerts().list().byPage().take(4).collectList().block(Clients.PATIENCE);
                pages.forEach(page -> page.items().forEach(alert -> seen.add(alert.id())));
                kept = pages.get(3).next().toString();
            }
            emulator.tenant().alerts().add(Map.of());
            try (DefenderClient client = Clients.of(emulator)) {
                List<String> rest = read(client.alerts().list().resumeFrom(ContinuationToken.parse(kept)), alert -> {});
                assertThat(rest).hasSize(1_000 - seen.size() + 1);
                seen.addAll(rest);
            }
            assertThat(seen).isEqualTo(generated(emulator));
        }
    }

    private static List<String> read(PagedFlux<Alert> alerts, Consumer<Alert> meanwhile) {
        return alerts.doOnNext(meanwhile).map(Alert::id).collectList().block(Clients.PATIENCE);
    }

    private static Set<String> generated(DefenderEmulator emulator) {
        Set<String> ids = new HashSet<>();
        LongStream.range(0, emulator.tenant().generatedAlerts())
                .forEach(index -> ids.add(emulator.tenant().alertId(index)));
        return ids;
    }
}
