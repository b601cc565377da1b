package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\" : [ 1 , 2.50 , 1E+2 ] , \"b\" : { } }|{\"a\":[1,2.50,1E+2],\"b\":{}}",
                "[ ]|[]",
                " \"a b\" |\"a b\"",
                "\"\\u0041\\/\\u000a\\u00e9 \\\" \\\\\"|\"A/\\né \\\" \\\\\"",
                "\"\\ud83d\\ude00\\ud83d\"|\"😀\\uD83D\"",
                "{\"\\u0061\":\"x y\\t\"}|{\"a\":\"x y\\t\"}",
                "-0.0|-0.0",
                "null|null",
                " true |true"
            })
    void shouldMinify(String json, String expected) {
        JsonValue value = JsonValue.of(json);
        assertThat(value.json()).isEqualTo(expected);
        assertThat(value).hasToString(expected);
        assertThat(JsonValue.of(expected)).isEqualTo(value).hasSameHashCodeAs(value);
        assertThat(JsonWriter.toJson(value)).isEqualTo(expected);
        assertThat(Jackson.isSame(Jackson.tree(json), value.toJava())).isTrue();
    }

    @Test
    void shouldBeEqualByText() {
        assertThat(JsonValue.of("{\"a\":1}"))
                .isEqualTo(JsonValue.of(" {\"a\" : 1}"))
                .isNotEqualTo(JsonValue.of("{\"a\":1.0}"));
        assertThat(JsonValue.of("1")).isNotEqualTo("1");
    }

    @Test
    void shouldGiveTypesOfTheJdk() {
        Object java = JsonValue.of("{\"z\":1,\"a\":[1.5,9223372036854775808,\"s\",true,null],\"z\":2}")
                .toJava();
        assertThat(java)
                .isEqualTo(Map.of(
                        "z",
                        2L,
                        "a",
                        Arrays.asList(new BigDecimal("1.5"), new BigDecimal("9223372036854775808"), "s", true, null)));
        assertThat(((Map<?, ?>) java).keySet().stream().map(String.class::cast)).containsExactly("z", "a");
        assertThat(JsonValue.of("null").toJava()).isNull();
    }

    @Test
    void shouldMakeScalars() {
        assertThat(JsonValue.string("a\"b")).isEqualTo(JsonValue.of("\"a\\\"b\""));
        assertThat(JsonValue.number(-7)).isEqualTo(JsonValue.of("-7"));
        assertThat(JsonValue.bool(true)).isEqualTo(JsonValue.of("true"));
        assertThat(JsonValue.bool(false)).isEqualTo(JsonValue.of("false"));
        assertThat(JsonValue.nullValue()).isEqualTo(JsonValue.of("null"));
        assertThat(JsonValue.from(out -> out.beginArray().number(1).endArray())).isEqualTo(JsonValue.of("[1]"));
        assertThat(JsonValue.from(JsonValue.nullValue())).isSameAs(JsonValue.nullValue());
    }

    @Test
    void shouldTellItsKindAndDecode() {
        assertThat(List.of("{}", "[]", "\"\"", "-1", "0", "true", "false", "null").stream()
                        .map(JsonValue::of)
                        .map(JsonValue::kind))
                .containsExactly(
                        JsonToken.OBJECT,
                        JsonToken.ARRAY,
                        JsonToken.STRING,
                        JsonToken.NUMBER,
                        JsonToken.NUMBER,
                        JsonToken.BOOLEAN,
                        JsonToken.BOOLEAN,
                        JsonToken.NULL);
        List<String> decoded = JsonValue.of("[\"x\"]").decode(in -> in.listOrNull(JsonReader::stringOrNull));
        assertThat(decoded).containsExactly("x");
    }

    @Test
    void shouldDecodeAsDeepAsItWasRead() {
        int depth = 2 * JsonLimits.DEFAULT.depth();
        byte[] json = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
        JsonValue deep = JsonReader.of(
                        json,
                        0,
                        json.length,
                        JsonLimits.builder()
                                .itemBytes(1 << 20)
                                .entityBytes(1 << 20)
                                .depth(depth)
                                .pageBytes(1 << 20)
                                .build())
                .readValue();

        assertThat(deep.decode(JsonReader::readValue)).isEqualTo(deep);
    }

    @Test
    void shouldTakeTypesOfTheJdk() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("text", new StringBuilder("a\"b"));
        members.put("none", null);
        members.put(
                "numbers",
                List.of(
                        1,
                        (byte) 2,
                        (short) 3,
                        Long.MIN_VALUE,
                        new AtomicLong(4),
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("1.50"),
                        0.1,
                        0.1f,
                        -0.0,
                        Double.MAX_VALUE));
        members.put("arrays", new Object[] {new int[] {1, 2}, new String[] {"x"}, List.of()});
        members.put("time", Instant.parse("2026-01-02T03:04:05.120Z"));
        members.put("bytes", new byte[] {1, 2, 3});
        members.put("json", JsonValue.of("{\"a\":1.0}"));
        members.put("encodable", (JsonEncodable) out -> out.bool(true));
        members.put("word", word("High"));
        members.put("words", Map.of(word("High"), 'c'));

        assertThat(JsonValue.ofJava(members))
                .hasToString("{\"text\":\"a\\\"b\",\"none\":null,\"numbers\":[1,2,3,-9223372036854775808,4,"
                        + "123456789012345678901234567890,1.50,0.1,0.1,-0,1.7976931348623157E308],"
                        + "\"arrays\":[[1,2],[\"x\"],[]],\"time\":\"2026-01-02T03:04:05.12Z\",\"bytes\":\"AQID\","
                        + "\"json\":{\"a\":1.0},\"encodable\":true,\"word\":\"High\",\"words\":{\"High\":\"c\"}}");
        assertThat(JsonValue.ofJava(null)).isEqualTo(JsonValue.nullValue());
    }

    private static OpenEnum word(String text) {
        return new OpenEnum() {
            @Override
            public String value() {
                return text;
            }

            @Override
            public boolean isKnown() {
                return false;
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"a\":[1,2.50,1E+2,null],\"b\":{},\"c\":\"\\uD83D\"}", "[]", "\"\"", "-1.0", "null", "false"})
    void shouldComeBackFromTypesOfTheJdk(String json) {
        assertThat(JsonValue.ofJava(JsonValue.of(json).toJava())).isEqualTo(JsonValue.of(json));
    }

    @Test
    void shouldRefuseWhatHasNoJsonForm() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        Map<String, Object> refused = Map.of(
                "java.util.UUID",
                new UUID(1, 2),
                "JSON cannot represent NaN",
                Double.NaN,
                "JSON cannot represent -Infinity",
                Float.NEGATIVE_INFINITY,
                "must be a string, was java.lang.Integer",
                Map.of(1, 2),
                "must be a string, was null",
                Collections.singletonMap(null, 2),
                "Nested deeper than 100",
                itself,
                "cannot be read back",
                new BigDecimal("1E+2000000000"),
                "java.util.concurrent.atomic.LongAdder",
                new LongAdder(),
                "java.lang.Object as JSON",
                new Object());

        refused.forEach((message, value) -> assertThatThrownBy(() -> JsonValue.ofJava(List.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }

    @Test
    void shouldRefuseWhatIsNotOneValue() {
        assertThatThrownBy(() -> JsonValue.of("1 2")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonValue.of("")).isInstanceOf(JsonException.class);
    }

    @Test
    void shouldBeWrittenAsWhatItIsByPlainMappers() throws Exception {
        Map<String, JsonValue> members =
                Map.of("m", JsonValue.of("{\"a\":[1,1.50,12345678901234567890,\"é\",null,true],\"b\":null}"));
        String expected = "{\"m\":{\"a\":[1,1.50,12345678901234567890,\"é\",null,true],\"b\":null}}";
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(members))
                .isEqualTo(expected);
        assertThat(new tools.jackson.databind.json.JsonMapper().writeValueAsString(members))
                .isEqualTo(expected);
    }
}
