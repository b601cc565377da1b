package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.model.SecurityIncidentStatus;
import io.github.defenderreactive.client.graph.model.UpdateSecurityIncidentRequest;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.model.DeltaAssetVulnerability;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.client.query.MachineFields;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.MachineChange;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.client.watch.WatchSource;
import io.github.defenderreactive.client.xdr.model.Incident;
import io.github.defenderreactive.client.xdr.model.IncidentStatus;
import io.github.defenderreactive.client.xdr.model.UpdateIncidentRequest;
import io.github.defenderreactive.client.xdr.query.IncidentFields;
import io.github.defenderreactive.client.xdr.query.ListIncidentsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.odata.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Each ready watch over TLS, with a file of its progress and a restart in the middle. */
class RestartedWatchTest {

    private static final Duration PATIENCE = Clients.PATIENCE;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR =
            DefenderEmulatorExtension.with(builder -> builder.size(25).pageSize(4));

    @TempDir
    Path folder;

    private final List<WatchEvent> events = new CopyOnWriteArrayList<>();
    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void connect() {
        emulator = EMULATOR.emulator();
        client = Clients.of(emulator);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private WatchOptions.Builder options() {
        return WatchOptions.builder()
                .every(Duration.ofSeconds(1))
                .store(CursorStore.file(folder.resolve("cursor")))
                .listener(events::add);
    }

    private WatchOptions all() {
        return options().since(LONG_AGO).build();
    }

    private static <T> Flux<Delivery<T>> acknowledged(Flux<Delivery<T>> watch) {
        return watch.concatMap(delivery -> delivery.acknowledge().thenReturn(delivery));
    }

    /** A cancelled watch closes its file a moment later. */
    private void awaitClosed() {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CursorStoreException.class)
                .until(() -> CursorStore.file(folder.resolve("cursor"))
                        .open()
                        .flatMap(session -> session.close().thenReturn(true))
                        .block(PATIENCE));
    }

    private <T> List<Delivery<T>> take(Flux<Delivery<T>> watch, int count) {
        awaitClosed();
        List<Delivery<T>> deliveries =
                acknowledged(watch).take(count).collectList().block(PATIENCE);
        assertThat(deliveries).isNotNull().hasSize(count);
        return deliveries;
    }

    /** Watches until the first poll is complete, which delivers nothing. */
    private <T> void begin(Flux<Delivery<T>> watch) {
        awaitClosed();
        events.clear();
        List<Delivery<T>> got = new CopyOnWriteArrayList<>();
        Disposable running = acknowledged(watch).subscribe(got::add);
        await().atMost(PATIENCE).until(() -> events.stream().anyMatch(WatchEvent.Polled.class::isInstance));
        running.dispose();
        assertThat(got).isEmpty();
    }

    private static <T, V> List<V> each(List<Delivery<T>> deliveries, Function<T, V> value) {
        return deliveries.stream().map(delivery -> value.apply(delivery.item())).toList();
    }

    @Test
    void shouldWatchAlertsOfMicrosoftGraph() {
        SecurityAlerts alerts = client.graphSecurity().alerts();
        List<String> first = each(take(alerts.watch(all()), 7), SecurityAlert::id);
        List<String> rest = each(take(alerts.watch(all()), 18), SecurityAlert::id);
        assertThat(rest).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();

        String added = emulator.tenant().alerts().add(Map.of());
        emulator.tenant().alerts().update(String.valueOf(first.get(0)), Map.of("status", "Resolved"));
        List<Delivery<SecurityAlert>> later = take(alerts.watch(all()), 2);
        assertThat(later)
                .extracting(delivery -> delivery.kind() + " " + delivery.item().id())
                .containsExactlyInAnyOrder("NEW " + added, "UPDATED " + first.get(0));
        begin(alerts.watch(all()));
        assertThat(events).extracting(WatchEvent::watch).containsOnly("security-alerts");
    }

    /** Pages of four incidents, whose links contain tokens; neither a size nor an order is asked for. */
    @Test
    void shouldWatchIncidentsOfMicrosoftGraph() {
        SecurityIncidents incidents = client.graphSecurity().incidents();
        emulator.faults().add(Fault.resetAfter(300).on("listSecurityIncidents").fromCall(2));
        List<String> first = each(take(incidents.watch(all()), 5), SecurityIncident::id);
        List<String> rest = each(take(incidents.watch(all()), 4), SecurityIncident::id);
        assertThat(rest).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();

        incidents
                .update(
                        first.get(0),
                        UpdateSecurityIncidentRequest.builder()
                                .status(SecurityIncidentStatus.RESOLVED)
                                .build())
                .block(PATIENCE);
        Delivery<SecurityIncident> change = take(incidents.watch(all()), 1).get(0);
        assertThat(change.kind()).isEqualTo(Delivery.Kind.UPDATED);
        assertThat(change.item().id()).isEqualTo(first.get(0));
        assertThat(change.item().status()).isEqualTo(SecurityIncidentStatus.RESOLVED);
        assertThat(emulator.journal().calls("listSecurityIncidents"))
                .extracting(JournalEntry::target)
                .allSatisfy(target -> assertThat(target).doesNotContain("top=").doesNotContain("orderby"))
                .anySatisfy(target -> assertThat(target).contains("skiptoken"));
    }

    @Test
    void shouldWatchIncidentsOfDefenderXdr() {
        Incidents incidents = client.defenderXdr().incidents();
        List<Long> first = each(take(incidents.watch(all()), 5), Incident::incidentId);
        List<Long> rest = each(take(incidents.watch(all()), 4), Incident::incidentId);
        assertThat(rest).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();

        incidents
                .update(
                        first.get(0),
                        UpdateIncidentRequest.builder()
                                .status(IncidentStatus.RESOLVED)
                                .build())
                .block(PATIENCE);
        Delivery<Incident> change = take(incidents.watch(all()), 1).get(0);
        assertThat(change.kind()).isEqualTo(Delivery.Kind.UPDATED);
        assertThat(change.item().incidentId()).isEqualTo(first.get(0));
    }

    @Test
    void shouldWatchACollectionOfOnesOwn() {
        WatchSource<Incident> source = WatchSource.of(
                "own",
                from -> client.defenderXdr()
                        .incidents()
                        .list(ListIncidentsQuery.builder()
                                .filter(IncidentFields.LAST_UPDATE_TIME.ge(from))
                                .build()),
                incident -> String.valueOf(incident.incidentId()),
                Incident::lastUpdateTime);
        assertThat(take(source.watch(all()), 9)).extracting(Delivery::kind).containsOnly(Delivery.Kind.NEW);
        begin(source.watch(all()));
        assertThat(events).extracting(WatchEvent::watch).containsOnly("own");
        assertThatThrownBy(() ->
                        source.watch(options().filter(Filter.raw("x eq 1")).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filter must not be set for a watch of own");
        assertThatThrownBy(() -> client.graphSecurity()
                        .incidents()
                        .watch(options().expand(AlertExpansion.EVIDENCE).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expand must not be set for a watch of security-incidents");
    }

    /** One action is so old that no time filter finds it: its id is kept in the file. */
    @Test
    void shouldDeliverTheEndOfActionsThatWereOpen() {
        String old = emulator.tenant()
                .machineActions()
                .add(Map.of(
                        "machineId",
                        emulator.tenant().machineId(0),
                        "type",
                        "Isolate",
                        "status",
                        "Pending",
                        "creationDateTimeUtc",
                        Instant.now().minus(90, ChronoUnit.DAYS)));
        WatchOptions options = options().build();
        begin(client.machineActions().watch(options));
        String young = emulator.tenant()
                .machineActions()
                .add(Map.of(
                        "machineId",
                        emulator.tenant().machineId(1),
                        "type",
                        "Isolate",
                        "status",
                        "Pending",
                        "creationDateTimeUtc",
                        Instant.now()));
        Delivery<MachineAction> pending =
                take(client.machineActions().watch(options), 1).get(0);
        assertThat(pending.item().id()).isEqualTo(young);
        assertThat(pending.kind()).isEqualTo(Delivery.Kind.NEW);

        emulator.tenant().endAction(old, MachineActionStatus.FAILED);
        emulator.tenant().endAction(young, MachineActionStatus.SUCCEEDED);
        List<Delivery<MachineAction>> ended = take(client.machineActions().watch(options), 2);
        assertThat(ended)
                .extracting(delivery -> delivery.kind() + " " + delivery.item().id() + " "
                        + delivery.item().status())
                .containsExactlyInAnyOrder("UPDATED " + old + " Failed", "UPDATED " + young + " Succeeded");
        begin(client.machineActions().watch(options));
        assertThat(events).noneMatch(WatchEvent.Irregular.class::isInstance);
    }

    @Test
    void shouldDeliverWhatChangedAmongMachines() {
        Machine one = client.machines().list().blockFirst(PATIENCE);
        assertThat(one).isNotNull();
        WatchOptions options = options()
                .filter(MachineFields.ONBOARDING_STATUS.eq(one.onboardingStatus()))
                .build();
        Long all = client.machines()
                .list(ListMachinesQuery.builder().filter(options.filter()).build())
                .count()
                .block(PATIENCE);
        begin(client.machines().watch(options));

        emulator.tenant().machines().update(one.id(), Map.of("healthStatus", "ImpairedCommunication"));
        String added = emulator.tenant().machines().add(Map.of("onboardingStatus", one.onboardingStatus()));
        List<Delivery<MachineChange>> changes = take(client.machines().watch(options), 2);
        assertThat(changes)
                .extracting(delivery ->
                        delivery.item().kind() + " " + delivery.item().machineId() + " " + delivery.kind())
                .containsExactlyInAnyOrder("CHANGED " + one.id() + " UPDATED", "NEW " + added + " NEW");
        assertThat(changes)
                .extracting(Delivery::item)
                .filteredOn(change -> change.kind() == MachineChange.Kind.CHANGED)
                .extracting(MachineChange::previousHealth)
                .containsExactly(one.healthStatus());

        emulator.tenant().machines().update(one.id(), Map.of("onboardingStatus", "Unsupported"));
        Delivery<MachineChange> gone = take(client.machines().watch(options), 1).get(0);
        assertThat(gone.item().kind()).isEqualTo(MachineChange.Kind.GONE);
        assertThat(gone.item().machineId()).isEqualTo(one.id());
        assertThat(gone.item().machine()).isNull();
        begin(client.machines().watch(options));
        assertThat(events)
                .filteredOn(WatchEvent.Polled.class::isInstance)
                .extracting(event -> ((WatchEvent.Polled) event).rows())
                .containsOnly(0L);
        assertThat(all).isPositive();
    }

    @Test
    void shouldDeliverVulnerabilityChanges() {
        Instant since = Instant.now().minus(12, ChronoUnit.DAYS);
        List<DeltaAssetVulnerability> listed = client.exports()
                .vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery.builder()
                        .sinceTime(since)
                        .build())
                .collectList()
                .block(PATIENCE);
        assertThat(listed).isNotNull();
        List<String> wanted = listed.stream()
                .filter(change -> !time(change).isBefore(since))
                .map(RestartedWatchTest::key)
                .toList();
        assertThat(wanted).hasSizeGreaterThan(3);
        WatchOptions options = options().since(since).build();
        List<String> got = new CopyOnWriteArrayList<>(
                each(take(client.exports().watchVulnerabilityChanges(options), 3), RestartedWatchTest::key));
        got.addAll(each(
                take(client.exports().watchVulnerabilityChanges(options), wanted.size() - 3), RestartedWatchTest::key));
        assertThat(got).containsExactlyInAnyOrderElementsOf(wanted);
        begin(client.exports().watchVulnerabilityChanges(options));
    }

    private static String key(DeltaAssetVulnerability change) {
        return change.id() + " " + change.rbacGroupId() + " " + change.status() + " " + change.eventTimestamp();
    }

    private static Instant time(DeltaAssetVulnerability change) {
        return Instant.parse(String.valueOf(change.eventTimestamp()).replace(' ', 'T')
                + (String.valueOf(change.eventTimestamp()).endsWith("Z") ? "" : "Z"));
    }
}
