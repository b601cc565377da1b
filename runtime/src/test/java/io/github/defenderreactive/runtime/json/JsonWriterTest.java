package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriterTest {

    @Test
    void shouldPlaceCommasAndColons() {
        JsonWriter out = new JsonWriter()
                .beginObject()
                .name("a")
                .beginArray()
                .endArray()
                .name("b")
                .beginArray()
                .number(1)
                .beginObject()
                .endObject()
                .nullValue()
                .bool(true)
                .bool(false)
                .endArray()
                .name("c")
                .number(1.5)
                .name("d")
                .number(new BigDecimal("1.10"))
                .name("e")
                .instant(Instant.parse("2024-02-13T08:01:08.1494633Z"))
                .name("f")
                .list(List.of("x", "y"), JsonWriter::string)
                .name("g")
                .value(JsonValue.of("{ \"h\" : [ ] }"))
                .endObject();
        assertThat(out)
                .hasToString("{\"a\":[],\"b\":[1,{},null,true,false],\"c\":1.5,\"d\":1.10,"
                        + "\"e\":\"2024-02-13T08:01:08.1494633Z\",\"f\":[\"x\",\"y\"],\"g\":{\"h\":[]}}");
        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(out.toString());
    }

    @Test
    void shouldWriteEveryCharacterSoThatItReadsBack() throws Exception {
        for (int c = 0; c <= Character.MAX_VALUE; c += c < 0x800 ? 1 : 7) {
            String text = "a" + (char) c + "b";
            byte[] json = new JsonWriter().string(text).toByteArray();
            assertThat(JsonReader.of(json).readString()).isEqualTo(text);
            assertThat(Jackson.MAPPER.readValue(json, String.class)).isEqualTo(text);
        }
    }

    @Test
    void shouldEscapeOnlyWhatMustBe() {
        assertThat(new JsonWriter().string("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028é😀"))
                .hasToString("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\u007f\u2028é😀\"");
    }

    @Test
    void shouldWriteTheBytesJacksonWrites() throws Exception {
        JsonMapper jackson = JsonMapper.builder()
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            String text = text(random);
            assertThat(new JsonWriter().string(text).toByteArray()).isEqualTo(jackson.writeValueAsBytes(text));
        }
    }

    @Test
    void shouldReadBackRandomDocuments() {
        for (long seed = 0; seed < 3000; seed++) {
            JsonWriter out = new JsonWriter();
            Object expected = write(out, new Random(seed), 5);
            byte[] json = out.toByteArray();
            JsonReader in = JsonReader.of(json);
            JsonValue value = in.readValue();
            in.end();
            assertThat(value.json()).as("seed %d: already minified", seed).isEqualTo(out.toString());
            assertThat(value.toJava()).as("seed %d", seed).isEqualTo(expected);
            assertThat(Jackson.isSame(Jackson.tree(json), expected))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(JsonWriter.toBytes(value)).as("seed %d", seed).isEqualTo(json);
        }
    }

    private static Object write(JsonWriter out, Random random, int levels) {
        switch (random.nextInt(levels > 0 ? 9 : 7)) {
            case 0 -> {
                out.nullValue();
                return null;
            }
            case 1 -> {
                boolean value = random.nextBoolean();
                out.bool(value);
                return value;
            }
            case 2 -> {
                long value = random.nextLong() >> random.nextInt(64);
                out.number(value);
                return value;
            }
            case 3 -> {
                double value = random.nextGaussian() * 0.37;
                out.number(value);
                return new BigDecimal(DoubleText.format(value));
            }
            case 4 -> {
                BigDecimal value = BigDecimal.valueOf(random.nextLong(), 1 + random.nextInt(40));
                out.number(value);
                return value;
            }
            case 5, 6 -> {
                String value = text(random);
                out.string(value);
                return value;
            }
            case 7 -> {
                List<Object> list = new ArrayList<>();
                out.beginArray();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(write(out, random, levels - 1));
                }
                out.endArray();
                return list;
            }
            default -> {
                var map = new java.util.LinkedHashMap<String, Object>();
                out.beginObject();
                for (int i = random.nextInt(5); i > 0; i--) {
                    String name = i + text(random);
                    out.name(name);
                    map.put(name, write(out, random, levels - 1));
                }
                out.endObject();
                return map;
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int kind = random.nextInt(10);
            text.appendCodePoint(
                    kind < 6
                            ? ' ' + random.nextInt(95)
                            : kind < 7
                                    ? random.nextInt(32)
                                    : kind < 8
                                            ? 0x80 + random.nextInt(0x780)
                                            : kind < 9
                                                    ? 0x800 + random.nextInt(0xC000)
                                                    : 0x10000 + random.nextInt(0xFFFFF));
        }
        return text.toString();
    }

    @Test
    void shouldRefuseNumbersJsonCannotSay() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().number(value));
        }
    }

    @Test
    void shouldBeginAnewAfterReset() {
        JsonWriter out = new JsonWriter().beginObject().name("half");
        assertThat(out.reset().string("x")).hasToString("\"x\"");
        assertThat(out.reset().beginArray().endArray().toByteArray()).containsExactly('[', ']');
    }

    @Test
    void shouldCopyToAStream() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        new JsonWriter().string("ä".repeat(5000)).writeTo(target);
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("\"" + "ä".repeat(5000) + "\"");
    }

    @Test
    void shouldNestDeeply() {
        JsonWriter out = new JsonWriter();
        for (int i = 0; i < 1000; i++) {
            out.beginArray();
        }
        for (int i = 0; i < 1000; i++) {
            out.endArray();
        }
        assertThat(out).hasToString("[".repeat(1000) + "]".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource
    void shouldRefuseCallsThatDoNotFit(Consumer<JsonWriter> calls) {
        assertThatIllegalStateException().isThrownBy(() -> calls.accept(new JsonWriter()));
    }

    static Stream<Consumer<JsonWriter>> shouldRefuseCallsThatDoNotFit() {
        return Stream.of(
                out -> out.name("a"),
                out -> out.endObject(),
                out -> out.endArray(),
                out -> out.number(1).number(2),
                out -> out.beginObject().number(1),
                out -> out.beginObject().endArray(),
                out -> out.beginArray().endObject(),
                out -> out.beginArray().name("a"),
                out -> out.beginObject().name("a").name("b"),
                out -> out.beginObject().name("a").endObject(),
                out -> out.beginArray().toByteArray(),
                out -> out.toByteArray(),
                out -> JsonWriter.toJson(o -> {}),
                out -> JsonWriter.toBytes(JsonWriter::beginArray));
    }
}
