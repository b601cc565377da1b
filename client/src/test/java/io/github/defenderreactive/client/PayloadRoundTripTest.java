package io.github.defenderreactive.client;

import static io.github.defenderreactive.client.JsonTrees.canonical;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.client.Payloads.Payload;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every payload reads into its model and writes back equal; so do plain Jackson mappers of both majors. */
class PayloadRoundTripTest {

    private static final ObjectMapper TREES =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ObjectMapper JACKSON_2 = new ObjectMapper();
    private static final tools.jackson.databind.ObjectMapper JACKSON_3 = new tools.jackson.databind.ObjectMapper();

    static Stream<Payload> payloads() {
        return Payloads.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void shouldWriteBackWhatItRead(Payload payload) throws IOException {
        List<JsonNode> wire = wire(payload);
        List<Object> models = payload.read();
        assertThat(models).hasSameSizeAs(wire);
        for (int i = 0; i < models.size(); i++) {
            String written = JsonWriter.toJson(Payloads.encodable(models.get(i)));
            assertThat(canonical(TREES.readTree(written)))
                    .as(payload + " item " + i)
                    .isEqualTo(canonical(wire.get(i)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void shouldBeWrittenInWireFormByPlainMappers(Payload payload) throws IOException {
        List<JsonNode> wire = wire(payload);
        List<Object> models = payload.read();
        for (int i = 0; i < models.size(); i++) {
            String expected = canonical(wire.get(i));
            assertThat(canonical(TREES.readTree(JACKSON_2.writeValueAsString(models.get(i)))))
                    .as("Jackson 2, " + payload + " item " + i)
                    .isEqualTo(expected);
            assertThat(canonical(TREES.readTree(JACKSON_3.writeValueAsString(models.get(i)))))
                    .as("Jackson 3, " + payload + " item " + i)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void shouldBeReadFromWireFormByPlainMappers(Payload payload) throws IOException {
        List<JsonNode> wire = wire(payload);
        List<Object> models = payload.read();
        for (int i = 0; i < models.size(); i++) {
            if (!(models.get(i) instanceof JsonEncodable model)) {
                continue;
            }
            String json = wire.get(i).toString();
            for (Object read :
                    List.of(JACKSON_2.readValue(json, model.getClass()), JACKSON_3.readValue(json, model.getClass()))) {
                assertThat(canonical(TREES.readTree(JsonWriter.toJson((JsonEncodable) read))))
                        .as(payload + " item " + i)
                        .isEqualTo(canonical(wire.get(i)));
            }
        }
    }

    /** Each member in turn, however deep, and all of an object at once. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void shouldKeepANullInPlaceOfEveryMember(Payload payload) throws IOException {
        JsonDecoder<?> decoder = payload.decoder();
        for (JsonNode item : wire(payload)) {
            for (JsonPointer place : members(item, JsonPointer.empty())) {
                JsonNode changed = item.deepCopy();
                ((ObjectNode) changed.at(place.head())).putNull(place.last().getMatchingProperty());
                String json = changed.toString();
                // A wrapped entity is read bare here, which its decoder takes too.
                Object model = decoder.read(JsonReader.of(json));

                assertThat(canonical(TREES.readTree(JsonWriter.toJson(Payloads.encodable(model)))))
                        .as(payload + " with null at " + place)
                        .isEqualTo(canonical(changed));
                assertThat(decoder.read(JsonReader.of(json))).isEqualTo(model).hasSameHashCodeAs(model);
            }
        }
    }

    private static List<JsonPointer> members(JsonNode node, JsonPointer place) {
        List<JsonPointer> members = new ArrayList<>();
        node.properties().forEach(member -> {
            JsonPointer below = place.appendProperty(member.getKey());
            members.add(below);
            members.addAll(members(member.getValue(), below));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            members.addAll(members(node.get(i), place.appendIndex(i)));
        }
        return members;
    }

    @Test
    void shouldHaveAFixtureForEveryBody() {
        Set<String> responses = operations(payload -> !payload.request());
        Set<String> requests = operations(Payload::request);
        for (Operation<?> operation : Api.all()) {
            if (operation.shape() != ResponseShape.EMPTY) {
                assertThat(responses).contains(operation.info().id());
            }
            if (operation.requestDecoder() != null) {
                assertThat(requests).contains(operation.info().id());
            }
        }
    }

    private static Set<String> operations(Predicate<Payload> condition) {
        return Payloads.all()
                .filter(condition)
                .flatMap(payload -> Stream.ofNullable(payload.operation()))
                .map(operation -> operation.info().id())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> wire(Payload payload) throws IOException {
        JsonNode tree = TREES.readTree(payload.bytes());
        Operation<?> operation = payload.operation();
        boolean wrapped = operation != null
                && !payload.request()
                && operation.shape() == ResponseShape.SINGLE
                && tree.path("value").isArray()
                // an entity with a member of that name is not wrapped
                && !JsonWriter.toJson(Payloads.encodable(payload.read().get(0))).contains("\"value\":[");
        if (!payload.collection() && !wrapped) {
            return List.of(tree);
        }
        ArrayNode items = (ArrayNode) (tree.isArray() ? tree : tree.get("value"));
        return items.valueStream().toList();
    }
}
