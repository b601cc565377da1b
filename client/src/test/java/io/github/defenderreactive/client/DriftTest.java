package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.drift.DriftEntry;
import io.github.defenderreactive.runtime.drift.DriftRecorder;
import io.github.defenderreactive.runtime.drift.DriftType;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Alert ALERT = Alert.fromMap(Map.of(
            "berth",
            7,
            "severity",
            "Grave",
            "incidentId",
            List.of("secret-text"),
            "evidence",
            List.of(Map.of("moored", "2024-05-01T10:00:00Z"))));

    @Test
    void shouldProposeWhatTheDescriptionLacks() {
        DriftRecorder recorder = DriftRecorder.create();
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);

        assertThat(recorder.report().json()).doesNotContain("secret-text", "2024", ":7");
        assertThat(recorder.report().overlay("defender-endpoint")).isEqualTo("""
                        # Not proposed: Alert: incidentId, other type (list)
                        overlay: 1.0.0
                        info:
                          title: Members and values that the description of defender-endpoint lacks
                          version: '1'
                        actions:
                          - target: $.components.schemas.Alert
                            update:
                              properties:
                                'berth':
                                  format: int64
                                  type: integer
                                  x-defender-source: observed
                          - target: $.components.schemas.AlertEvidence
                            update:
                              properties:
                                'moored':
                                  format: date-time
                                  type: string
                                  x-defender-source: observed
                          - target: $.components.schemas.AlertSeverity
                            update:
                              enum:
                                - 'Grave'
                        """);
    }

    @Test
    void shouldExamineWhatCallsDecode() {
        DriftRecorder recorder = DriftRecorder.create();
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        CallListener.Factory metrics = (operation, context) -> new CallListener() {
            @Override
            public void callEnded(CallSummary call) {
                ended.add(operation.id());
            }
        };
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(5).pageSize(2).start();
                DefenderClient client = Clients.builder(emulator)
                        .callListener(metrics.andThen(recorder))
                        .build()) {
            String id = emulator.tenant()
                    .allowingUnknown()
                    .alerts()
                    .add(Map.of("title", "secret-title", "berth", 7, "severity", "Grave", "moored", List.of("secret")));

            client.alerts().get(id).block(Clients.PATIENCE);
            assertThat(client.alerts().list().collectList().block(Clients.PATIENCE))
                    .hasSize(6);

            assertThat(ended).startsWith("getAlert", "listAlerts", "listAlerts", "listAlerts");
        }
        assertThat(recorder.report().entries())
                .filteredOn(entry -> entry.kind() != DriftEntry.Kind.NEVER_RECEIVED)
                .extracting(DriftEntry::operation, DriftEntry::kind, DriftEntry::path, DriftEntry::count)
                .containsExactly(
                        tuple("getAlert", DriftEntry.Kind.UNKNOWN_MEMBER, "berth", 1L),
                        tuple("getAlert", DriftEntry.Kind.UNKNOWN_MEMBER, "moored", 1L),
                        tuple("getAlert", DriftEntry.Kind.UNKNOWN_VALUE, "severity", 1L),
                        tuple("listAlerts", DriftEntry.Kind.UNKNOWN_MEMBER, "berth", 1L),
                        tuple("listAlerts", DriftEntry.Kind.UNKNOWN_MEMBER, "moored", 1L),
                        tuple("listAlerts", DriftEntry.Kind.UNKNOWN_VALUE, "severity", 1L));
        assertThat(recorder.report().entries())
                .filteredOn(entry -> entry.member().equals("moored"))
                .allSatisfy(entry -> {
                    assertThat(entry.types()).containsExactly(DriftType.LIST);
                    assertThat(entry.elementTypes()).containsExactly(DriftType.TEXT);
                });
        assertThat(recorder.report().json() + recorder.report().overlay("defender-endpoint"))
                .doesNotContain("secret");
    }

    @Test
    void shouldNameMembersThatNoObjectContains() {
        DriftRecorder recorder = DriftRecorder.create();
        recorder.observe(Operations.LIST_ALERTS.info(), Alert.fromMap(Map.of("id", "a")));
        recorder.observe(Operations.LIST_ALERTS.info(), Alert.fromMap(Map.of("id", "b", "title", "t")));

        assertThat(recorder.report().entries())
                .allSatisfy(entry -> {
                    assertThat(entry.kind()).isEqualTo(DriftEntry.Kind.NEVER_RECEIVED);
                    assertThat(entry.count()).isEqualTo(2);
                })
                .extracting(DriftEntry::member)
                .contains("machineId", "severity")
                .doesNotContain("id", "title");
    }

    @Test
    void shouldNotStoreNamesThatMayBeData() {
        DriftRecorder recorder = DriftRecorder.create();
        Map<String, Object> hosts = new HashMap<>(Map.of("host-7.example.com", 1, "10.0.0.7", true));
        for (int i = 0; i < 1_000; i++) {
            hosts.put("user" + i, "x");
        }
        recorder.observe(Operations.LIST_ALERTS.info(), Alert.fromMap(hosts));
        recorder.observe(
                Operations.LIST_ALERTS.info(), Alert.fromMap(Map.of("severity", "text of a person, at length")));

        assertThat(recorder.report().json()).doesNotContain("example", "10.0", "person");
        assertThat(recorder.report().entries())
                .filteredOn(entry -> entry.kind() == DriftEntry.Kind.UNKNOWN_MEMBER)
                .hasSize(201);
    }

    @Test
    void shouldCountWithoutAnEntryWhenItIsFull() {
        DriftRecorder recorder = DriftRecorder.create(1);
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);

        assertThat(recorder.report().entries())
                .filteredOn(entry -> entry.kind() != DriftEntry.Kind.NEVER_RECEIVED)
                .hasSize(1);
        // Three differences, and the objects of evidence.
        assertThat(recorder.report().overflow()).isEqualTo(4);
    }
}
