package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.Sources;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps and lists of lists in generated models. */
class GeneratedContainerTest {

    private static final GeneratedClient CLIENT = Workshop.client();

    private static final String FULL = """
            {"labels":{"z":"1","a":"2"},"spares":{"x":{"name":"nut","size":7}},\
            "checks":{"oil":["2026-01-02T03:04:05Z"],"belt":[]},"slots":[[1,2],[],[3]],"layers":[[[{"name":"n"}]]],\
            "shelves":[{"bolt":3},{}],"shelf":{"nut":4},"notes":{"free":[1,null]},"settings":{"on":true,"off":null}}""";

    private static JsonEncodable tool(String json) {
        return CLIENT.read("Tool", json);
    }

    @Test
    void shouldCompileWithoutWarnings() {
        assertThat(CLIENT.compilerOutput()).isEmpty();
    }

    @Test
    void shouldWriteWhatItRead() throws Exception {
        JsonEncodable tool = tool(FULL);

        assertThat(JsonWriter.toJson(tool)).isEqualTo(FULL);
        assertThat(JsonMapper.builder().build().writeValueAsString(tool)).isEqualTo(FULL);
        assertThat(call(tool, "unknownMembers")).isEqualTo(Map.of());
        assertThat(call(call(tool, "toBuilder"), "build")).isEqualTo(tool).hasSameHashCodeAs(tool);
        assertThat(CLIENT.callStatic("model.Tool", "fromMap", call(tool, "toMap")))
                .isEqualTo(tool);
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldGiveTypedValuesInOrder() {
        JsonEncodable tool = tool(FULL);

        assertThat((Map<String, Object>) call(tool, "labels"))
                .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
        assertThat(call(((Map<?, ?>) call(tool, "spares")).get("x"), "unknownMembers"))
                .isEqualTo(Map.of("size", JsonValue.number(7)));
        assertThat(call(tool, "checks"))
                .isEqualTo(Map.of("oil", List.of(Instant.parse("2026-01-02T03:04:05Z")), "belt", List.of()));
        assertThat(call(tool, "slots")).isEqualTo(List.of(List.of(1L, 2L), List.of(), List.of(3L)));
        assertThat(call(tool, "shelves")).isEqualTo(List.of(Map.of("bolt", 3), Map.of()));
        assertThat(call(tool, "notes")).isEqualTo(Map.of("free", JsonValue.of("[1,null]")));
        assertThat(call(tool("{}"), "labels")).isEqualTo(Map.of());
        assertThat(call(tool("{}"), "slots")).isEqualTo(List.of());
    }

    /** A value of another type loses neither the item nor the values beside it, and is written as it was received. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            labels  | {"a":"1","b":2}            | {a=1}
            labels  | {"a":"1","b":null}         | {a=1}
            labels  | {"a":"1","a":"2"}          | {a=2}
            labels  | ["a"]                      | {}
            checks  | {"a":["x"],"b":[]}         | {a=[], b=[]}
            slots   | [[1,"x"],[2]]              | [[1], [2]]
            slots   | [1,[2]]                    | [[2]]
            slots   | [null]                     | []
            shelves | [{"a":1,"b":"x"},{"c":2}]  | [{a=1}, {c=2}]
            shelf   | {"a":1,"b":null}           | {a=1}
            layers  | [[[7]]]                    | [[[]]]
            """)
    void shouldKeepWhatDoesNotFit(String member, String json, String value) {
        String document = "{\"id\":\"t\",\"" + member + "\":" + json + "}";
        JsonEncodable tool = tool(document);

        assertThat(call(tool, member)).hasToString(value);
        assertThat(call(tool, "id")).isEqualTo("t");
        assertThat(call(tool, "unknownMembers")).isEqualTo(Map.of(member, JsonValue.of(json)));
        assertThat(JsonValue.from(tool)).isEqualTo(JsonValue.of(document));
        assertThat(tool(document)).isEqualTo(tool).isNotEqualTo(call(tool, "withoutUnknownMembers"));
    }

    @Test
    void shouldRemoveUnknownMembersAtAnyDepth() {
        String known = "{\"spares\":{\"x\":{\"name\":\"nut\"}},\"layers\":[[[{\"name\":\"n\"}]]]}";
        JsonEncodable tool = tool(known.replace("{\"name\"", "{\"size\":7,\"name\""));

        assertThat(JsonWriter.toJson((JsonEncodable) call(tool, "withoutUnknownMembers")))
                .isEqualTo(known);
        assertThatThrownBy(() -> call(tool, "requireKnownMembers"))
                .hasMessageContaining("spares.x.size")
                .hasMessageContaining("layers[0]");
    }

    @Test
    void shouldCopyWhatABuilderIsGiven() {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("a", "1"));
        List<Long> slot = new ArrayList<>(List.of(1L));
        Object builder = CLIENT.builder("model.Tool");
        call(builder, "spares", Map.of());
        call(builder, "labels", labels);
        call(builder, "slots", List.of(slot));
        labels.put("b", "2");
        slot.add(2L);
        Object tool = call(builder, "build");

        assertThat(JsonWriter.toJson((JsonEncodable) tool))
                .isEqualTo("{\"labels\":{\"a\":\"1\"},\"spares\":{},\"slots\":[[1]]}");
        assertThatThrownBy(() -> ((Map<?, ?>) call(tool, "labels")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        labels.put("c", null);
        assertThatNullPointerException().isThrownBy(() -> call(builder, "labels", labels));
    }

    @Test
    void shouldHideTheSecretsOfAMap() {
        assertThat(tool("{\"seals\":{\"a\":\"s3cret\"}}")).hasToString("Tool{\"seals\":\"(hidden)\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: array, items: { $ref: '#/components/schemas/Loop' } }",
                "{ type: object, additionalProperties: { type: array, items: { $ref: '#/components/schemas/Loop' } } }"
            })
    void shouldRefuseAListThatOnlyContainsItself(String schema) {
        Element root = Element.root(Workshop.with("/components/schemas", "Loop", schema));

        assertThatThrownBy(() -> new Sources(root, Nasty.PACKAGES).all())
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("#/components/schemas/Loop")
                .hasMessageContaining("contains itself without an object in between");
    }
}
