package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.client.graph.model.FileEvidence;
import io.github.defenderreactive.client.graph.model.SecurityAlertEvidence;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.UpdateAlertRequest;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson reads what it writes: in parameters, records, collections and maps. */
class JacksonReadTest {

    /** As a controller takes it. */
    record Command(
            IsolationType type, IsolateMachineRequest request, List<SecurityAlertEvidence> evidence, JsonValue more) {}

    record Found(List<Alert> alerts, Map<AlertSeverity, Long> counts, AlertStatus none, Alert nothing) {}

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldReadARequest(JacksonMapper mapper) {
        IsolateMachineRequest request =
                mapper.read("{\"Comment\":\"c\",\"IsolationType\":\"Full\"}", IsolateMachineRequest.class);

        assertThat(request)
                .isEqualTo(IsolateMachineRequest.builder()
                        .comment("c")
                        .isolationType(IsolationType.FULL)
                        .build());
        assertThat(mapper.read("null", IsolateMachineRequest.class)).isNull();
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldTellTheThreeStatesOfAPatch(JacksonMapper mapper) {
        for (String json : List.of(
                "{}",
                "{\"assignedTo\":null}",
                "{\"assignedTo\":\"a\"}",
                "{\"status\":null,\"comment\":\"c\"}",
                "{\"status\":{\"$ne\":1},\"role\":null}")) {
            UpdateAlertRequest request = mapper.read(json, UpdateAlertRequest.class);

            assertThat(request).isEqualTo(UpdateAlertRequest.read(JsonReader.of(json)));
            assertThat(JsonWriter.toJson(request)).isEqualTo(json);
            assertThat(mapper.read(mapper.write(request), UpdateAlertRequest.class))
                    .isEqualTo(request);
        }
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldReadModelsInsideOfRecordsCollectionsAndMaps(JacksonMapper mapper) {
        Command command = mapper.read("""
                {"type":"Selective","request":{"Comment":"c","more":[1]},"evidence":[
                 {"sha1":"x","@odata.type":"#microsoft.graph.security.fileEvidence","mdeDeviceId":"d"},
                 {"@odata.type":"#microsoft.graph.security.lighthouseEvidence","lamp":1},{}],"more":{"a":[1,null,"x"]}}""", Command.class);
        Found found = mapper.read(
                "{\"alerts\":[{\"id\":\"a\",\"severity\":\"High\",\"tide\":{\"high\":true}},null],"
                        + "\"counts\":{\"High\":3,\"Storm\":4},\"none\":null,\"nothing\":null}",
                Found.class);

        assertThat(command.type()).isSameAs(IsolationType.SELECTIVE);
        assertThat(command.request().unknownMembers()).containsEntry("more", JsonValue.of("[1]"));
        assertThat(command.evidence().get(0))
                .isInstanceOfSatisfying(
                        FileEvidence.class,
                        file -> assertThat(file.mdeDeviceId()).isEqualTo("d"));
        assertThat(command.evidence().get(1))
                .isInstanceOfSatisfying(
                        SecurityAlertEvidence.Unknown.class,
                        unknown -> assertThat(unknown.discriminator())
                                .isEqualTo("#microsoft.graph.security.lighthouseEvidence"));
        assertThat(command.evidence().get(2)).isInstanceOf(SecurityAlertEvidence.Unknown.class);
        assertThat(command.more()).isEqualTo(JsonValue.of("{\"a\":[1,null,\"x\"]}"));
        assertThat(found.alerts().get(0).severity()).isSameAs(AlertSeverity.HIGH);
        assertThat(found.alerts().get(1)).isNull();
        assertThat(found.counts())
                .containsOnly(Map.entry(AlertSeverity.HIGH, 3L), Map.entry(AlertSeverity.of("Storm"), 4L));
        assertThat(found.none()).isNull();
        assertThat(found.nothing()).isNull();
        assertThat(mapper.read(mapper.write(found), Found.class)).isEqualTo(found);
        assertThat(mapper.read(mapper.write(command), Command.class)).isEqualTo(command);
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldReadAListOfAUnion(JacksonMapper mapper) {
        String json = "[{\"@odata.type\":\"#microsoft.graph.security.urlEvidence\",\"url\":null}]";

        Object read = mapper.read(json, listOf(SecurityAlertEvidence.class));

        assertThat(mapper.write(read)).isEqualTo(json);
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldRefuseWhatIsNoObject(JacksonMapper mapper) {
        for (String json : List.of("7", "true", "[]", "\"text\"", "[{}]")) {
            assertThatThrownBy(() -> mapper.read(json, Alert.class))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> mapper.read(json, SecurityAlertEvidence.class))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String json : List.of("{}", "[]")) {
            assertThatThrownBy(() -> mapper.read(json, AlertSeverity.class))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldReadNumbersOfEverySizeThatTheMapperKeeps(JacksonMapper mapper) {
        String json =
                "{\"cvssV3\":9.1,\"exposedMachines\":9007199254740993,\"tiny\":2.2250738585072014E-308,\"low\":-0.0,"
                        + "\"big\":123456789012345678901234567890,\"exact\":0.1,\"exploitTypes\":[]}";

        Vulnerability read = mapper.read(json, Vulnerability.class);

        assertThat(read.exposedMachines()).isEqualTo(9_007_199_254_740_993L);
        assertThat(read.cvssV3()).isEqualTo(9.1);
        assertThat(read.unknownMembers().get("big")).hasToString("123456789012345678901234567890");
        assertThat(read.unknownMembers().get("exact")).hasToString("0.1");
        assertThat(read.unknownMembers().get("tiny")).hasToString("2.2250738585072014E-308");
    }

    /** What a mapper without BigDecimal loses before this library sees it; docs/json.md says so. */
    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldKeepEveryDigitOnlyWhereTheMapperDoes(JacksonMapper mapper) {
        boolean exact = mapper == JacksonMapper.STRICT_2 || mapper == JacksonMapper.STRICT_3;
        String digits = "3.14159265358979323846264338327950288";

        Vulnerability read = mapper.read("{\"cvssV3\":" + digits + ",\"a\":" + digits + "}", Vulnerability.class);

        assertThat(read.unknownMembers().get("a")).hasToString(exact ? digits : "3.141592653589793");
        assertThat(JsonWriter.toJson(read)).contains(exact ? digits : "3.141592653589793");
        assertThat(read.cvssV3()).isEqualTo(Math.PI);
        if (exact) {
            assertThat(mapper.read("{\"a\":1E+400,\"b\":1E-400}", Vulnerability.class)
                            .unknownMembers())
                    .hasToString("{a=1E+400, b=1E-400}");
        } else {
            assertThatThrownBy(() -> mapper.read("{\"a\":1E+400}", Vulnerability.class))
                    .hasMessageContaining("JSON cannot represent Infinity");
        }
    }

    @ParameterizedTest
    @EnumSource(JacksonMapper.class)
    void shouldRefuseWhatIsNestedTooDeep(JacksonMapper mapper) {
        String deep = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
        String deeper = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThat(JsonWriter.toJson(mapper.read(deep, Alert.class))).isEqualTo(deep);
        assertThatThrownBy(() -> mapper.read(deeper, Alert.class)).hasMessageContaining("Nested deeper than 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"a\",\"tide\":[{\"high\":1.5}],\"machineId\":null}"})
    void shouldConvertBetweenTreesAndModels(String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Alert alert = Alert.read(JsonReader.of(json));

        assertThat(mapper.treeToValue(mapper.readTree(json), Alert.class)).isEqualTo(alert);
        assertThat(mapper.convertValue(mapper.valueToTree(alert), Alert.class)).isEqualTo(alert);
        assertThat(mapper.convertValue(alert, Map.class)).containsKeys("id", "tide", "machineId");
    }

    @Test
    void shouldTakeItsOwnMap() {
        Alert alert = Alert.read(JsonReader.of(
                "{\"id\":\"a\",\"severity\":\"High\",\"alertCreationTime\":\"2026-01-02T03:04:05.1234567Z\","
                        + "\"evidence\":[{\"entityType\":\"File\"}],\"tide\":{\"a\":[]},\"machineId\":null}"));

        assertThat(Alert.fromMap(alert.toMap())).isEqualTo(alert);
        assertThat(Alert.fromMap(Map.of("severity", AlertSeverity.HIGH, "evidence", alert.evidence()))
                        .evidence())
                .isEqualTo(alert.evidence());
    }

    private static Type listOf(Type element) {
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return new Type[] {element};
            }

            @Override
            public Type getRawType() {
                return List.class;
            }

            @Override
            public Type getOwnerType() {
                return null;
            }
        };
    }
}
