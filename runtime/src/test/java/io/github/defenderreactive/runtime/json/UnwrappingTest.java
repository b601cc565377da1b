package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnwrappingTest {

    private static final JsonDecoder<JsonValue> DECODER = JsonDecoder.unwrapping(JsonValue::read);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\"}",
                "{\"@odata.context\":\"c\",\"value\":[{\"id\":\"a\"}]}",
                "{\"value\":[ {\"id\":\"a\"} ],\"@odata.context\":{\"value\":[1,2]}}",
                " {\"value\" : [{\"id\":\"a\"}]}"
            })
    void shouldReadAnEntityInEitherForm(String json) {
        JsonReader in = JsonReader.of(json);
        assertThat(DECODER.read(in).json()).isEqualTo("{\"id\":\"a\"}");
        in.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\":\"x\"}", "{\"id\":1,\"value\":{\"a\":[]}}", "[1]", "7", "{}"})
    void shouldLeaveAnotherValueAlone(String json) {
        JsonReader in = JsonReader.of(json);
        assertThat(DECODER.read(in).json()).isEqualTo(json);
        in.end();
    }

    @Test
    void shouldReadNoneFromAnEmptyCollection() {
        JsonReader in = JsonReader.of("{\"@odata.context\":\"c\",\"value\":[]}");
        assertThat(DECODER.read(in)).isNull();
        in.end();
    }

    @Test
    void shouldRefuseSeveral() {
        assertThatThrownBy(() -> DECODER.read(JsonReader.of("{\"value\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("more than one")
                .hasMessageContaining("$.value[1]");
    }

    @Test
    void shouldNameThePlaceOfAnErrorInside() {
        assertThatThrownBy(() -> JsonDecoder.unwrapping(Entity::read).read(JsonReader.of("{\"value\":[7]}")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("$.value[0]");
    }
}
