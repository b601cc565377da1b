package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.UpdateAlertRequest;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The programs of the page about models and JSON. */
@ExtendWith(DefenderEmulatorExtension.class)
class ModelsAndJsonTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DefenderClient client;

    @BeforeEach
    void connect(DefenderEmulator emulator) {
        client = DefenderClient.builder().connection(emulator.connection()).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    // tag::jackson[]
    static Mono<Alert> change(DefenderClient client, String alertId, String body) throws JsonProcessingException {
        UpdateAlertRequest request = MAPPER.readValue(body, UpdateAlertRequest.class);
        return client.alerts().update(alertId, request.requireKnownMembers());
    }
    // end::jackson[]

    // tag::enumeration[]
    static Flux<Alert> withSeverity(DefenderClient client, String text) {
        AlertSeverity severity = AlertSeverity.known(text)
                .orElseThrow(() -> new IllegalArgumentException("Severity must be one of " + AlertSeverity.values()));
        return client.alerts()
                .list(ListAlertsQuery.builder()
                        .filter(AlertFields.SEVERITY.eq(severity))
                        .build());
    }
    // end::enumeration[]

    // tag::rows[]
    record Device(String name, Boolean joined) {

        static Device read(JsonReader in) {
            String name = null;
            Boolean joined = null;
            in.beginObject();
            while (in.nextMember()) {
                switch (in.name()) {
                    case "DeviceName" -> name = in.stringOrNull();
                    case "IsAzureADJoined" -> joined = in.booleanOrNull();
                    default -> in.skipValue();
                }
            }
            return new Device(name, joined);
        }
    }

    static Flux<Device> devices(DefenderClient client) {
        RunHuntingQueryRequest request = RunHuntingQueryRequest.builder()
                .query("DeviceInfo | project DeviceName, IsAzureADJoined")
                .build();
        return client.graphSecurity()
                .hunting()
                .run(request)
                .flatMapIterable(found -> Objects.requireNonNullElse(found.results(), List.of()))
                .map(row -> row.decode(Device::read));
    }
    // end::rows[]

    // tag::limits[]
    static DefenderClient withRoomForLargeHunts(DefenderClient.Builder builder) {
        return builder.jsonLimits(JsonLimits.builder()
                        .entityBytes(512 << 20)
                        .entityValues(20_000_000)
                        .build())
                .build();
    }
    // end::limits[]

    private Alert anyAlert() {
        return Objects.requireNonNull(client.alerts().list().blockFirst(PATIENCE));
    }

    @Test
    void shouldSendWhatItKnowsOnly() throws JsonProcessingException {
        String id = Objects.requireNonNull(anyAlert().id());

        Alert changed = change(client, id, "{\"status\":\"Resolved\"}").block(PATIENCE);

        assertThat(changed).extracting(Alert::status).isEqualTo(AlertStatus.RESOLVED);
        assertThatThrownBy(() -> change(client, id, "{\"status\":\"New\",\"machineId\":\"other\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("machineId")
                .hasMessageNotContaining("other");
    }

    @Test
    void shouldFindASeverityInAnyLetterCase() {
        String severity = String.valueOf(anyAlert().severity());

        List<Alert> found = withSeverity(client, severity.toUpperCase(Locale.ROOT))
                .take(5)
                .collectList()
                .block(PATIENCE);

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.severity()).hasToString(severity));
        assertThatThrownBy(() -> withSeverity(client, "severe")).hasMessageContaining("one of [");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadRows(boolean large, DefenderEmulator emulator) {
        client.close();
        DefenderClient.Builder builder = DefenderClient.builder().connection(emulator.connection());
        client = large ? withRoomForLargeHunts(builder) : builder.build();

        List<Device> devices = devices(client).collectList().block(PATIENCE);

        assertThat(devices)
                .isNotEmpty()
                .allSatisfy(device -> assertThat(device.joined()).isNotNull());
    }
}
