package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.runtime.drift.DriftRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Alert ALERT = Alert.fromMap(Map.of(
            "berth", 7,
            "severity", "Grave",
            "incidentId", List.of("secret-text"),
            "evidence", List.of(Map.of("moored", "2024-05-01T10:00:00Z"))));

    @Test
    void shouldProposeWhatTheDescriptionLacks() {
        DriftRecorder recorder = DriftRecorder.create();
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);

        assertThat(recorder.report().json()).doesNotContain("secret-text", "2024", ":7");
        assertThat(recorder.report().overlay("defender-endpoint"))
                .isEqualTo(
                        """
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
                                  x-defender-documented: false
                          - target: $.components.schemas.AlertEvidence
                            update:
                              properties:
                                'moored':
                                  format: date-time
                                  type: string
                                  x-defender-documented: false
                          - target: $.components.schemas.AlertSeverity
                            update:
                              enum:
                                - 'Grave'
                        """);
    }

    @Test
    void shouldCountWithoutAnEntryWhenItIsFull() {
        DriftRecorder recorder = DriftRecorder.create(1);
        recorder.observe(Operations.LIST_ALERTS.info(), ALERT);

        assertThat(recorder.report().entries()).hasSize(1);
        assertThat(recorder.report().overflow()).isEqualTo(3);
    }
}
