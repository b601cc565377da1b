package io.github.defenderreactive.codegen;

import static io.github.defenderreactive.codegen.GeneratedClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.Sources;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enumerations of texts and of numbers, and their constants for a switch. */
class GeneratedEnumTest {

    private static final GeneratedClient CLIENT = Workshop.client();

    private static String known(Object value) {
        return call(value, "known").toString();
    }

    @Test
    void shouldHaveAConstantForASwitch() {
        assertThat(CLIENT.type("model.State$Known").getEnumConstants())
                .extracting(Object::toString)
                .containsExactly("IN_USE", "UNKNOWN_", "BROKEN", "UNKNOWN");
        assertThat(known(CLIENT.constant("model.State", "IN_USE"))).isEqualTo("IN_USE");
        assertThat(known(CLIENT.callStatic("model.State", "of", "broken"))).isEqualTo("BROKEN");
        assertThat(known(CLIENT.callStatic("model.State", "of", "Unknown"))).isEqualTo("UNKNOWN_");
        assertThat(known(CLIENT.callStatic("model.State", "of", "lost"))).isEqualTo("UNKNOWN");
        assertThat(CLIENT.callStatic("model.State", "values")).hasToString("[In Use, Unknown, broken]");
        assertThat(CLIENT.callStatic("model.State", "known", "in use")).hasToString("Optional[In Use]");
    }

    @Test
    void shouldReadAnEnumerationOfNumbers() throws Exception {
        String json =
                "{\"state\":\"lost\",\"level\":7,\"levels\":[1,-1,2],\"states\":{\"a\":\"broken\"},\"sharp\":true}";
        JsonEncodable tool = CLIENT.read("Tool", json);

        assertThat(JsonWriter.toJson(tool)).isEqualTo(json);
        assertThat(JsonMapper.builder().build().writeValueAsString(tool)).isEqualTo(json);
        assertThat(call(tool, "sharp")).isEqualTo(true);
        Object level = call(tool, "level");
        assertThat(call(level, "value")).isEqualTo(7L);
        assertThat(call(level, "isKnown")).isEqualTo(false);
        assertThat(known(level)).isEqualTo("UNKNOWN");
        assertThat(level).hasToString("7").isEqualTo(CLIENT.callStatic("model.Level", "of", 7L));
        assertThat(((List<?>) call(tool, "levels")).get(1)).isSameAs(CLIENT.constant("model.Level", "VALUE_MINUS_1"));
        assertThat(call(CLIENT.constant("model.Level", "VALUE_2"), "isFinal")).isEqualTo(true);
        assertThat(known(CLIENT.constant("model.Size", "VALUE_4294967296"))).isEqualTo("VALUE_4294967296");
        assertThat(JsonMapper.builder().build().readValue("-1", CLIENT.type("model.Level")))
                .isSameAs(CLIENT.constant("model.Level", "VALUE_MINUS_1"));
        assertThat(JsonValue.ofJava(List.of(level))).hasToString("[7]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"2\" | 2", "2.0 | 2", "\"x\" | null", "1e30 | null"})
    void shouldKeepANumberInAnotherForm(String json, String level) {
        JsonEncodable tool = CLIENT.read("Tool", "{\"level\":" + json + "}");

        assertThat(String.valueOf(call(tool, "level"))).isEqualTo(level);
        assertThat(call(tool, "unknownMembers")).isEqualTo(Map.of("level", JsonValue.of(json)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ type: integer, enum: [1.5] } | /enum/0: must be a whole number of 64 bits",
                "{ type: integer, enum: [a] } | /enum/0: must be a whole number of 64 bits",
                "{ type: string, enum: [1] } | /enum/0: must be a text",
                "{ enum: [a, 1] } | /enum/1: must be a text",
                "{ type: string, enum: [a], x-defender-open: false } | enumerations are open"
            })
    void shouldRefuse(String schema, String message) {
        refuse("Odd", schema, message);
    }

    @Test
    void shouldRefuseANameThatItsConstantsHave() {
        refuse("Known", "{ type: string, enum: [a] }", "the name Known is taken");
    }

    private static void refuse(String name, String schema, String message) {
        Element root = Element.root(Workshop.with("/components/schemas", name, schema));

        assertThatThrownBy(() -> new Sources(root, Nasty.PACKAGES).all())
                .isInstanceOf(DescriptionException.class)
                .hasMessageStartingWith("#/components/schemas/" + name)
                .hasMessageContaining(message);
    }
}
