package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.indicator.IndicatorChange;
import io.github.defenderreactive.client.indicator.IndicatorOutcome;
import io.github.defenderreactive.client.indicator.IndicatorSyncException;
import io.github.defenderreactive.client.indicator.IndicatorSyncOptions;
import io.github.defenderreactive.client.indicator.IndicatorSyncReport;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.IndicatorAction;
import io.github.defenderreactive.client.model.IndicatorSeverity;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.Stub;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Indicators brought into a wanted state over TLS, with faults. */
class IndicatorSyncTest {

    private static final IndicatorSyncOptions OWNER = IndicatorSyncOptions.ownedBy("harbour-feed");

    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(100).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private static SubmitIndicatorRequest domain(String value) {
        return SubmitIndicatorRequest.builder()
                .indicatorValue(value)
                .indicatorType(IndicatorType.DOMAIN_NAME)
                .action(IndicatorAction.BLOCK)
                .title("Control host")
                .description("From the feed")
                .severity(IndicatorSeverity.HIGH)
                .build();
    }

    private static List<SubmitIndicatorRequest> domains(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> domain("host" + i + ".example"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private IndicatorSyncReport sync(List<SubmitIndicatorRequest> wanted, IndicatorSyncOptions options) {
        return client.indicators().sync(Flux.fromIterable(wanted), options).block(Clients.PATIENCE);
    }

    private Map<String, Indicator> existing() {
        return client.indicators().list().collectMap(Indicator::indicatorValue).block(Clients.PATIENCE);
    }

    private static SubmitIndicatorRequest with(
            SubmitIndicatorRequest row, UnaryOperator<SubmitIndicatorRequest.Builder> change) {
        return change.apply(row.toBuilder()).build();
    }

    private static void assertCounts(IndicatorSyncReport report, int created, int updated, int deleted, int unchanged) {
        assertThat(List.of(
                        report.count(IndicatorChange.CREATE),
                        report.count(IndicatorChange.UPDATE),
                        report.count(IndicatorChange.DELETE),
                        report.unchanged()))
                .containsExactly(created, updated, deleted, unchanged);
    }

    private int calls(String operation) {
        return emulator.journal().calls(operation).size();
    }

    @Test
    void shouldSendOnlyTheDifferences() {
        int before = existing().size();
        List<SubmitIndicatorRequest> wanted = domains(1_200);

        assertCounts(sync(wanted, OWNER), 1_200, 0, 0, 0);
        assertThat(calls("importIndicators")).isEqualTo(3);
        assertThat(existing()).hasSize(before + 1_200);
        assertThat(existing().get("host0.example").description()).isEqualTo("From the feed [owner: harbour-feed]");

        assertCounts(sync(wanted, OWNER), 0, 0, 0, 1_200);
        assertThat(calls("importIndicators")).isEqualTo(3);

        wanted.set(7, with(wanted.get(7), row -> row.action(IndicatorAction.WARN)));
        wanted.set(8, with(wanted.get(8), row -> row.indicatorValue("HOST8.example")));
        wanted.subList(600, 1_200).clear();
        wanted.add(domain("new.example"));
        assertCounts(sync(wanted, OWNER), 1, 1, 0, 599);
        assertThat(existing()).hasSize(before + 1_201);

        IndicatorSyncReport report = sync(wanted, OWNER.deleteMissing());
        assertCounts(report, 0, 0, 600, 601);
        assertThat(report.failures()).isEmpty();
        assertThat(calls("batchDeleteIndicators")).isEqualTo(2);
        assertThat(existing()).hasSize(before + 601);
        assertThat(existing().get("host7.example").action()).isEqualTo(IndicatorAction.WARN);
    }

    @Test
    void shouldSendNothingInADryRun() {
        sync(domains(3), OWNER);
        Map<String, Indicator> before = existing();
        int imports = calls("importIndicators");

        IndicatorSyncReport report = sync(
                List.of(
                        domain("host0.example"),
                        with(domain("host1.example"), row -> row.title("Other")),
                        domain("b.example")),
                OWNER.deleteMissing().dryRun());

        assertThat(report.dryRun()).isTrue();
        assertCounts(report, 1, 1, 1, 1);
        assertThat(report.outcomes())
                .contains(new IndicatorOutcome("DomainName", "host2.example", IndicatorChange.DELETE, null));
        assertThat(existing()).isEqualTo(before);
        assertThat(calls("importIndicators")).isEqualTo(imports);
        assertThat(calls("batchDeleteIndicators")).isZero();
    }

    @Test
    void shouldReportRowsWithMistakesAndSendTheOthers() {
        sync(List.of(domain("kept.example")), OWNER);
        List<SubmitIndicatorRequest> wanted = domains(10);
        wanted.add(with(domain("a.example"), row -> row.indicatorType(IndicatorType.of("Domain"))));
        wanted.add(with(domain("kept.example"), row -> row.action(IndicatorAction.of("Destroy"))));
        wanted.add(with(domain("c.example"), row -> row.action(IndicatorAction.AUDIT)));
        wanted.add(with(domain("d.example"), row -> row.title(" ")));
        wanted.add(with(domain("e.example"), row -> row.expirationTime(Instant.parse("2020-01-01T00:00:00Z"))));
        wanted.add(with(domain("f"), row -> row.indicatorType(IndicatorType.FILE_MD5)));
        wanted.add(with(domain("10.0.0.0/8"), row -> row.indicatorType(IndicatorType.IP_ADDRESS)));
        wanted.add(with(domain("2001:db8::1"), row -> row.indicatorType(IndicatorType.IP_ADDRESS)));
        wanted.add(with(domain("host3.example"), row -> row.title("Other")));
        wanted.add(domain("host4.example"));
        // Known to the service only.
        wanted.add(domain("not-a-domain-.example"));

        IndicatorSyncReport report = sync(wanted, OWNER.deleteMissing());

        assertThat(report.count(IndicatorChange.CREATE)).isEqualTo(11);
        assertThat(report.count(IndicatorChange.DELETE)).isZero();
        assertThat(report.failures())
                .extracting(IndicatorOutcome::value)
                .containsExactlyInAnyOrder(
                        "a.example",
                        "kept.example",
                        "c.example",
                        "d.example",
                        "e.example",
                        "f",
                        "10.0.0.0/8",
                        "host3.example",
                        "not-a-domain-.example");
        assertThat(report.failures().stream().map(IndicatorOutcome::failure))
                .anyMatch(reason -> reason.startsWith("indicatorType must be one of [FileSha1, "))
                .anyMatch(reason -> reason.equals("generateAlert must be true with the action Audit"))
                .anyMatch(reason -> reason.contains("must be a value of type IpAddress, was '10.0.0.0/8'"))
                .anyMatch(reason -> reason.equals("an earlier row has the same type and value, but other members"));
        assertThat(existing()).containsKeys("kept.example", "2001:db8::1", "host9.example");
    }

    /** The service may reject a batch for a reason that is not known here. */
    @Test
    void shouldFindTheRowForWhichABatchIsRejected() {
        List<SubmitIndicatorRequest> wanted = domains(300);
        wanted.set(
                211,
                with(
                        wanted.get(211),
                        row -> row.rbacGroupNames(List.of("x".repeat(10)))
                                .unknownMember(
                                        "severity", io.github.defenderreactive.runtime.json.JsonValue.number(5))));

        IndicatorSyncReport report = sync(wanted, OWNER);

        assertThat(report.count(IndicatorChange.CREATE)).isEqualTo(299);
        assertThat(report.failures()).extracting(IndicatorOutcome::value).containsExactly("host211.example");
        assertThat(calls("importIndicators")).isLessThan(25);
    }

    @Test
    void shouldLeaveTheIndicatorsOfOthersAlone() {
        client.indicators().submit(domain("portal.example")).block(Clients.PATIENCE);
        client.indicators().submit(with(domain("same.example"), row -> row)).block(Clients.PATIENCE);
        IndicatorSyncOptions other = IndicatorSyncOptions.ownedBy("other");
        sync(List.of(domain("theirs.example")), other);
        List<SubmitIndicatorRequest> wanted = List.of(
                with(domain("portal.example"), row -> row.action(IndicatorAction.ALLOWED)),
                domain("same.example"),
                with(domain("theirs.example"), row -> row.title("Mine")));

        IndicatorSyncReport report = sync(wanted, OWNER.deleteMissing());

        assertCounts(report, 0, 0, 0, 1);
        assertThat(report.failures())
                .extracting(IndicatorOutcome::value)
                .containsExactly("portal.example", "theirs.example");
        assertThat(report.failures().get(0).failure()).contains("does not belong to this owner");
        assertThat(existing().get("portal.example").action()).isEqualTo(IndicatorAction.BLOCK);

        assertCounts(sync(wanted, OWNER.takeOver()), 0, 3, 0, 0);
        assertCounts(sync(List.of(), other.deleteMissing()), 0, 0, 0, 0);
        assertCounts(sync(List.of(), OWNER.deleteMissing()), 0, 0, 3, 0);
    }

    @Test
    void shouldCompleteIfResponsesAreLost() {
        List<SubmitIndicatorRequest> wanted = domains(1_000);
        emulator.faults().add(Fault.resetAfter(5_000).on("importIndicators"));
        IndicatorSyncReport report = sync(wanted, OWNER);

        assertCounts(report, 1_000, 0, 0, 0);
        assertThat(report.failures()).isEmpty();
        assertThat(calls("importIndicators")).isEqualTo(2);
        assertThat(calls("listIndicators")).isEqualTo(2);

        emulator.faults().add(Fault.resetBeforeHeaders().on("batchDeleteIndicators"));
        report = sync(wanted.subList(0, 300), OWNER.deleteMissing());

        assertCounts(report, 0, 0, 700, 300);
        assertThat(existing().keySet().stream().filter(value -> value.startsWith("host")))
                .hasSize(300);
    }

    @Test
    void shouldReachTheSameStateAfterARestart() {
        List<SubmitIndicatorRequest> wanted = domains(1_200);
        emulator.faults().add(Fault.stalledAfter(0).on("importIndicators").fromCall(2));
        Disposable process =
                client.indicators().sync(Flux.fromIterable(wanted), OWNER).subscribe();
        await().atMost(Clients.PATIENCE).until(() -> calls("importIndicators") == 2);
        process.dispose();
        client.close();

        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
        assertCounts(sync(wanted, OWNER), 200, 0, 0, 1_000);

        Map<String, Indicator> restarted = existing();
        try (DefenderEmulator other = DefenderEmulator.builder().size(100).start();
                DefenderClient undisturbed = Clients.builder(other)
                        .rateLimiter(RateLimiter.unlimited())
                        .build()) {
            undisturbed
                    .indicators()
                    .sync(Flux.fromIterable(wanted), OWNER)
                    .then(undisturbed.indicators().list().collectList())
                    .doOnNext(all -> assertThat(all)
                            .allSatisfy(row -> assertThat(timeless(restarted.get(row.indicatorValue())))
                                    .isEqualTo(timeless(row)))
                            .hasSameSizeAs(restarted.values()))
                    .block(Clients.PATIENCE);
        }
    }

    private static Indicator timeless(Indicator row) {
        return row.toBuilder()
                .id("")
                .creationTimeDateTimeUtc(Instant.EPOCH)
                .lastUpdateTime(Instant.EPOCH)
                .build();
    }

    @Test
    void shouldDeleteTheRestIfOneIsGoneAlready() {
        sync(domains(5), OWNER);
        emulator.stubs()
                .add(Stub.of("batchDeleteIndicators").status(404).json(Map.of()).times(1));

        assertCounts(sync(List.of(), OWNER.deleteMissing()), 0, 0, 5, 0);
    }

    @Test
    void shouldReportWhatWasDoneBeforeACallFailed() {
        emulator.faults()
                .add(Fault.status(403).on("importIndicators").fromCall(2).always());

        StepVerifier.create(
                        client.withRetry(RetryPolicy.none()).indicators().sync(Flux.fromIterable(domains(700)), OWNER))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(IndicatorSyncException.class)
                            .hasCauseInstanceOf(PermissionDeniedException.class);
                    assertThat(((IndicatorSyncException) error).report().count(IndicatorChange.CREATE))
                            .isEqualTo(500);
                })
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldSendNothingIfTheTenantHasNoRoom() {
        int room = 15_000 - existing().size();

        for (int count : List.of(room + 1, 15_001)) {
            StepVerifier.create(client.indicators().sync(Flux.fromIterable(domains(count)), OWNER))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(IndicatorSyncException.class)
                            .hasMessageContaining("a tenant can have 15000 active ones. Nothing was sent"))
                    .verify(Clients.PATIENCE);
        }
        assertThat(calls("importIndicators")).isZero();
        assertCounts(sync(domains(room), OWNER.dryRun()), room, 0, 0, 0);
    }

    @Test
    void shouldDoNothingBeforeItIsSubscribedToAndNothingIfTheSourceFails() {
        client.indicators().sync(Flux.fromIterable(domains(3)), OWNER);

        StepVerifier.create(client.indicators()
                        .sync(
                                Flux.concat(
                                        Flux.fromIterable(domains(3)), Flux.error(new IllegalStateException("feed"))),
                                OWNER))
                .expectErrorMessage("feed")
                .verify(Clients.PATIENCE);

        assertThat(emulator.journal().calls())
                .noneMatch(call -> String.valueOf(call.operationId()).contains("ndicators"));
        assertThatThrownBy(() -> IndicatorSyncOptions.ownedBy("a]b")).isInstanceOf(IllegalArgumentException.class);
    }
}
