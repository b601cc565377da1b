package io.github.defenderreactive.apispec.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.apispec.Bundle;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadSchemasTest {

    private final PayloadSchemas schemas = new PayloadSchemas(Bundle.load("defender-endpoint"));

    @ParameterizedTest
    @CsvSource({
        "getAlert.response.json, Alert",
        "listAlerts.response.12.json, AlertCollection",
        "isolateMachine.request.json, IsolateMachineRequest",
        "isolateMachine.response.json, MachineAction",
        "getLiveResponseResultDownloadLink.file.json, LiveResponseScriptOutput",
        "runSomethingElse.429.response.2.json, ErrorResponse",
        "entity-File.json, File"
    })
    void shouldKnowTheSchemaOf(String file, String schema) {
        Payload payload = Payload.of(Path.of(file));

        assertThat(schemas.covers(payload)).isTrue();
        assertThat(schemas.schema(payload).path("$ref").asText()).isEqualTo("#/components/schemas/" + schema);
    }

    @ParameterizedTest
    @CsvSource({"runSomethingElse.response.json", "runSomethingElse.file.json", "entity-Elsewhere.json"})
    void shouldNotCoverWhatIsNotDescribed(String file) {
        assertThat(schemas.covers(Payload.of(Path.of(file)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"getAlert.request.json", "batchUpdateAlerts.response.json", "getAlert.file.json"})
    void shouldRefuseABodyThatTheOperationDoesNotHave(String file) {
        Payload payload = Payload.of(Path.of(file));

        assertThat(schemas.covers(payload)).isTrue();
        assertThatThrownBy(() -> schemas.schema(payload)).hasMessage("No schema for " + file);
    }

    @Test
    void shouldKnowThatACountIsABareNumber() {
        Payload payload = Payload.of(Path.of("countMachineAlerts.response.json"));

        assertThat(schemas.schema(payload).path("type").asText()).isEqualTo("integer");
    }
}
