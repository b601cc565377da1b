package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final JsonNames NAMES = JsonNames.of("id", "title", "score", "tags");

    @Test
    void shouldReadStraightThroughAnObject() {
        JsonReader in =
                JsonReader.of("{\"id\":\"a\",\"title\":null,\"score\":7,\"tags\":[\"x\",\"y\"],\"more\":{\"k\":[1]}}");
        List<Object> seen = new ArrayList<>();
        in.beginObject();
        while (in.nextMember()) {
            int name = in.name(NAMES);
            seen.add(name);
            switch (name) {
                case 0 -> seen.add(in.readString());
                case 1 -> seen.add(in.nextNull());
                case 2 -> seen.add(in.readInt());
                case 3 -> {
                    in.beginArray();
                    while (in.nextElement()) {
                        seen.add(in.readString());
                    }
                }
                default -> seen.add(in.name() + "=" + in.readValue());
            }
        }
        in.end();
        assertThat(seen).containsExactly(0, "a", 1, true, 2, 7, 3, "x", "y", -1, "more={\"k\":[1]}");
    }

    @Test
    void shouldFindNamesInAnyOrderAndSpelling() {
        JsonReader in =
                JsonReader.of("[{\"tags\":1 , \"\\u0069d\" :2,\"id\":3,\"Id\":4,\"score\":5},{\"score\":1,\"tags\":2},"
                        + "{\"score\":1,\"other\":2,\"tags\":3}]");
        List<Integer> seen = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            in.beginObject();
            while (in.nextMember()) {
                seen.add(in.name(NAMES));
                assertThat(in.name(NAMES)).as("asked twice").isEqualTo(seen.get(seen.size() - 1));
                in.skipValue();
            }
        }
        assertThat(seen).containsExactly(3, 0, 0, -1, 2, 2, 3, 2, -1, 3);
    }

    @Test
    void shouldKeepTheNameWhileItsValueIsRead() {
        JsonReader in = JsonReader.of("{\"outer\":{\"inner\":1}}");
        in.beginObject();
        in.nextMember();
        assertThat(in.name()).isEqualTo("outer");
        in.skipValue();
        assertThat(in.name()).isEqualTo("outer");
        assertThat(in.nextMember()).isFalse();
    }

    @Test
    void shouldAnswerForTwoSetsOfNamesAtOnce() {
        JsonNames others = JsonNames.of("score", "id");
        JsonReader in = JsonReader.of("[{\"id\":1,\"score\":2},{\"id\":1,\"score\":2}]");
        List<Integer> seen = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            in.beginObject();
            while (in.nextMember()) {
                seen.add(in.name(NAMES));
                seen.add(in.name(others));
                in.skipValue();
            }
        }
        assertThat(seen).containsExactly(0, 1, 2, 0, 0, 1, 2, 0);
    }

    @Test
    void shouldPeekWithoutConsuming() {
        JsonReader in = JsonReader.of(" [ {} , [] , \"s\" , -1 , 0 , true , false , null ] ");
        List<JsonToken> kinds = new ArrayList<>();
        assertThat(in.peek()).isEqualTo(JsonToken.ARRAY);
        in.beginArray();
        while (in.nextElement()) {
            kinds.add(in.peek());
            in.skipValue();
        }
        in.end();
        assertThat(kinds)
                .containsExactly(
                        JsonToken.OBJECT,
                        JsonToken.ARRAY,
                        JsonToken.STRING,
                        JsonToken.NUMBER,
                        JsonToken.NUMBER,
                        JsonToken.BOOLEAN,
                        JsonToken.BOOLEAN,
                        JsonToken.NULL);
    }

    @Test
    void shouldPeekTheTextOfAMemberWhereverItStands() {
        JsonReader in =
                JsonReader.of("[{\"a\":{\"@odata.type\":\"#no\"},\"@odata.type\":\"#yes\"},{\"@odata.type\":5},{},7]");
        in.beginArray();
        in.nextElement();
        assertThat(in.peekText("@odata.type")).isEqualTo("#yes");
        assertThat(in.readValue().json()).isEqualTo("{\"a\":{\"@odata.type\":\"#no\"},\"@odata.type\":\"#yes\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(in.nextElement()).isTrue();
            assertThat(in.peekText("@odata.type")).isNull();
            in.skipValue();
        }
        assertThat(in.nextElement()).isFalse();
        in.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\\",
                "\"",
                "1234567",
                "12345678",
                "123456789",
                "a\tb\u0001",
                "ä",
                "aaaaaaaaä",
                "日本語",
                "😀",
                "1234567😀1234567890",
                "\uFFFF\u0080\u07FF\u0800",
                "/"
            })
    void shouldReadStrings(String text) {
        String json = new JsonWriter().string(text).toString();
        assertThat(JsonReader.of(json).readString()).isEqualTo(text);
        assertThat(JsonReader.of(" " + json + " ").readString()).isEqualTo(text);
    }

    @Test
    void shouldReadEveryEscape() {
        assertThat(JsonReader.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\u00e9\\u20AC\\ud83d\\ude00\"")
                        .readString())
                .isEqualTo("\"\\/\b\f\n\r\té\u00e9€😀");
    }

    @Test
    void shouldKeepALoneSurrogate() {
        String text = JsonReader.of("\"a\\ud83d\\u0041\\ude00\"").readString();
        assertThat(text).isEqualTo("a\ud83dA\ude00");
        assertThat(new JsonWriter().string(text).toString()).isEqualTo("\"a\\uD83DA\\uDE00\"");
        assertThat(JsonReader.of("\"\ud83d\"").readString()).isEqualTo("\ud83d");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-7, -7",
        "2147483647, 2147483647",
        "-2147483648, -2147483648",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "1000000000000000000, 1000000000000000000"
    })
    void shouldReadLongs(String json, long expected) {
        assertThat(JsonReader.of(json).readLong()).isEqualTo(expected);
        assertThat(JsonReader.of(json).readDecimal()).isEqualByComparingTo(new BigDecimal(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "1.0",
                "1e2",
                "12345678901234567890123",
                "\"1\"",
                "true",
                "null",
                "18446744073709551616"
            })
    void shouldRefuseWhatIsNoLong(String json) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.of(json).readLong());
    }

    @Test
    void shouldRefuseWhatIsNoInt() {
        assertThat(JsonReader.of("2147483647").readInt()).isEqualTo(Integer.MAX_VALUE);
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.of("2147483648").readInt());
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.of("-2147483649").readInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "1",
                "1.5",
                "-1.25e3",
                "1e22",
                "1e23",
                "123456789012345e-22",
                "123456789012345e7",
                "0.1",
                "0.30000000000000004",
                "9007199254740993",
                "1.7976931348623157e308",
                "4.9e-324",
                "2.2250738585072014e-308",
                "1e-400",
                "123456789012345678901234567890",
                "0.000000000000000000000000000001234",
                "1E+5",
                "1e-5",
                "100000000000000000000000e-23"
            })
    void shouldReadTheNearestDouble(String json) {
        double expected = Double.parseDouble(json);
        assertThat(JsonReader.of(json).readDouble()).isEqualTo(expected);
        assertThat(Double.doubleToRawLongBits(JsonReader.of(json + " ").readDouble()))
                .isEqualTo(Double.doubleToRawLongBits(expected));
    }

    @Test
    void shouldRefuseADoubleBeyondTheLargest() {
        assertThatThrownBy(() -> JsonReader.of("1e309").readDouble())
                .hasMessageContaining("exceeds the range of a double");
    }

    @Test
    void shouldReadScalarsOfTheirKindOnly() {
        assertThat(JsonReader.of("true").readBoolean()).isTrue();
        assertThat(JsonReader.of("false").readBoolean()).isFalse();
        assertThat(JsonReader.of("\"2024-02-13T00:00:00Z\"").readInstant()).isEqualTo("2024-02-13T00:00:00Z");
        assertThatThrownBy(() -> JsonReader.of("\"true\"").readBoolean())
                .hasMessageContaining("Expected true or false");
        assertThatThrownBy(() -> JsonReader.of("5").readString())
                .hasMessageContaining("Expected a string but found '5'");
        assertThatThrownBy(() -> JsonReader.of("\"x\"").readInstant()).hasMessageContaining("Expected a time");
        assertThatThrownBy(() -> JsonReader.of("5").readInstant()).hasMessageContaining("Expected a time");
        assertThatThrownBy(() -> JsonReader.of("{}").beginArray()).hasMessageContaining("Expected an array");
        assertThatThrownBy(() -> JsonReader.of("[]").beginObject()).hasMessageContaining("Expected an object");
        assertThatThrownBy(() -> JsonReader.of("<html>").peek()).hasMessageContaining("Expected a value but found '<'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"a",
                "\"\\",
                "\"\\u",
                "\"\\u00e",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "[1",
                "[1,",
                "t",
                "tru",
                "fals",
                "nul",
                "-",
                "1.",
                "1e",
                "1e+",
                "[[[]]"
            })
    void shouldCallTruncatedInputTruncated(String json) {
        assertThatThrownBy(() -> JsonValue.of(json))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(json.length()))
                .hasMessageStartingWith("Unexpected end of input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-01",
                "00",
                "+1",
                ".5",
                "1.e5",
                "1e1.5",
                "0x10",
                "NaN",
                "Infinity",
                "[1,]",
                "[,1]",
                "{,}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "[1 2]",
                "{\"a\":1 \"b\":2}",
                "]",
                "}",
                "[}",
                "{]",
                "nulL",
                "True",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"\n\"",
                "\"\u0000\"",
                "1 2",
                "{}{}",
                "[] x",
                "\u00a01",
                "\u000b1",
                "//c\n1",
                "\"a\" \"b\"",
                "--1",
                "1-",
                "\uFEFF\uFEFF1",
                "[1\uFEFF]"
            })
    void shouldRefuseWhatIsNoJson(String json) {
        assertThatThrownBy(() -> JsonValue.of(json))
                .isInstanceOf(JsonException.class)
                .hasMessageNotContaining("end of input");
    }

    @ParameterizedTest
    @CsvSource({
        "80",
        "C0 80",
        "C1 BF",
        "E0 80 80",
        "E0 9F BF",
        "ED A0 80",
        "ED BF BF",
        "F0 80 80 80",
        "F0 8F BF BF",
        "F4 90 80 80",
        "F5 80 80 80",
        "FF",
        "C3 28",
        "E2 28 A1",
        "E2 82 28",
        "F0 9F 98 28"
    })
    void shouldRefuseInvalidUtf8(String hex) {
        byte[] json = ("\"0123456789@\"").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        String[] parts = hex.split(" ");
        byte[] document = new byte[json.length - 1 + parts.length];
        System.arraycopy(json, 0, document, 0, 11);
        for (int i = 0; i < parts.length; i++) {
            document[11 + i] = (byte) Integer.parseInt(parts[i], 16);
        }
        document[document.length - 1] = '"';
        assertThatThrownBy(() -> JsonReader.of(document).readString())
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(11))
                .hasMessageStartingWith("Invalid UTF-8");
        assertThatThrownBy(() -> JsonReader.of(document).skipValue()).hasMessageStartingWith("Invalid UTF-8");
    }

    @Test
    void shouldSkipOneByteOrderMark() {
        assertThat(JsonValue.of("\uFEFF {}").json()).isEqualTo("{}");
    }

    @Test
    void shouldSayWhereAnErrorIs() {
        String json = "{\"value\":[{\"evidence\":[{\"sha1\":\"x\"},{\"sha1\":tru}]}]}";
        assertThatThrownBy(() -> JsonReader.of(json).skipValue())
                .isInstanceOfSatisfying(JsonException.class, e -> {
                    assertThat(e.path()).isEqualTo("$.value[0].evidence[1].sha1");
                    assertThat(e.offset()).isEqualTo(json.indexOf("tru}") + 3);
                })
                .hasMessage("Expected true, false or null at byte 47, path $.value[0].evidence[1].sha1");
    }

    @Test
    void shouldWriteUnusualNamesInPathsSafely() {
        assertThat(pathOfError("{\"@odata.nextLink\":x}")).isEqualTo("$['@odata.nextLink']");
        assertThat(pathOfError("{\"\":x}")).isEqualTo("$['']");
        assertThat(pathOfError("{\"a'\\n\u0085b\":x}")).isEqualTo("$['a???b']");
        assertThat(pathOfError("{\"2a\":x}")).isEqualTo("$['2a']");
        assertThat(pathOfError("{\"" + "n".repeat(500) + "\":x}")).hasSizeLessThan(80);
        assertThat(pathOfError("[[],[1,[2,x]]]")).isEqualTo("$[1][1][1]");
        assertThat(pathOfError("{\"a\":{\"b\":1},x}")).isEqualTo("$.a");
    }

    private static String pathOfError(String json) {
        try {
            JsonReader.of(json).skipValue();
        } catch (JsonException e) {
            return e.path();
        }
        throw new AssertionError("No error in " + json);
    }

    @Test
    void shouldNotPutValuesIntoMessages() {
        assertThatThrownBy(() -> JsonValue.of("{\"access_token\":\"eyJsecret\"x}"))
                .hasMessageNotContaining("eyJ")
                .hasMessageContaining("found 'x'");
        assertThatThrownBy(() -> JsonValue.of("\u0007")).hasMessageContaining("found byte 0x07");
    }

    @Test
    void shouldLimitDepth() {
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(1000)
                .entityBytes(1000)
                .depth(3)
                .pageBytes(1000)
                .build();
        assertThat(read("[[[1]]]", limits).json()).isEqualTo("[[[1]]]");
        assertThatThrownBy(() -> read("[{\"a\":[[1]]}]", limits))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(7))
                .hasMessageStartingWith("Nested deeper than 3");
        assertThat(JsonValue.of("[".repeat(100) + "]".repeat(100)).json()).hasSize(200);
        assertThatThrownBy(() -> JsonValue.of("[".repeat(101) + "]".repeat(101)))
                .hasMessageContaining("deeper than 100");
    }

    @Test
    void shouldLimitDocumentsAndNumbers() {
        assertThatThrownBy(() -> read(
                        "[1,2,3]",
                        JsonLimits.builder()
                                .itemBytes(1)
                                .entityBytes(6)
                                .depth(3)
                                .pageBytes(1000)
                                .build()))
                .hasMessageStartingWith("Document larger than 6");
        assertThat(read(
                                "[1,2,3]",
                                JsonLimits.builder()
                                        .itemBytes(1)
                                        .entityBytes(7)
                                        .depth(3)
                                        .pageBytes(1000)
                                        .build())
                        .json())
                .isEqualTo("[1,2,3]");
        assertThat(JsonReader.of("1" + "0".repeat(999)).readDecimal()).isEqualByComparingTo(BigDecimal.TEN.pow(999));
        assertThat(JsonReader.of("1e-0000000000000000000007").readDouble()).isEqualTo(1e-7);
    }

    /** They are JSON, so they must not refuse the document they stand in. */
    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "-1E+99999999999999999999", "0.5e-4294967297", "LONG", "LONG.5", "0.LONG"})
    void shouldKeepNumbersThatAreNotComputedWith(String form) {
        String json = form.replace("LONG", "1".repeat(5_000));
        assertThat(JsonValue.of(json).json()).isEqualTo(json);
        assertThat(JsonValue.of("[" + json + "]").toJava()).isEqualTo(List.of(json));
        assertOdd(json, JsonReader::intOrNull);
        assertOdd(json, JsonReader::longOrNull);
        assertOdd(json, JsonReader::doubleOrNull);
        assertOdd(json, JsonReader::decimalOrNull);
        assertOdd(json, JsonReader::stringOrNull);
        assertThatThrownBy(() -> JsonReader.of(json).readDecimal()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonReader.of(json).readDouble()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonReader.of(json).readLong()).isInstanceOf(JsonException.class);
    }

    private static void assertOdd(String json, Function<JsonReader, ? extends Object> read) {
        JsonReader in = JsonReader.of(json);
        assertThat(read.apply(in)).isNull();
        assertThat(in.irregular()).isEqualTo(JsonValue.of(json));
        in.end();
    }

    @Test
    void shouldLimitMembersAndElements() {
        JsonLimits limits = JsonLimits.builder()
                .itemBytes(1000)
                .entityBytes(1000)
                .depth(5)
                .pageBytes(1000)
                .itemValues(4)
                .entityValues(4)
                .build();
        assertThat(read("{\"a\":[1,{\"b\":2}]}", limits).json()).hasSize(17);
        assertThatThrownBy(() -> read("[1,2,3,4,5]", limits))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.path()).isEqualTo("$[4]"))
                .hasMessageStartingWith("More than 4 members and elements");
        assertThatThrownBy(() -> read("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}", limits))
                .hasMessageStartingWith("More than 4 members and elements");
    }

    @Test
    void shouldNotCountTwiceWhatItLooksAtAhead() {
        byte[] json = Documents.utf8("{\"a\":[1,2],\"kind\":\"x\"}");
        JsonReader in = JsonReader.of(
                json,
                0,
                json.length,
                JsonLimits.builder()
                        .itemBytes(1000)
                        .entityBytes(1000)
                        .depth(5)
                        .pageBytes(1000)
                        .itemValues(4)
                        .entityValues(4)
                        .build());
        for (int i = 0; i < 5; i++) {
            assertThat(in.peekText("kind")).isEqualTo("x");
        }
        in.skipValue();
        in.end();
    }

    private static JsonValue read(String json, JsonLimits limits) {
        byte[] bytes = Documents.utf8("!" + json + "!");
        JsonReader in = JsonReader.of(bytes, 1, bytes.length - 2, limits);
        JsonValue value = in.readValue();
        in.end();
        return value;
    }

    @Test
    void shouldReadAPartOfAnArrayWithItsOwnOffsets() {
        byte[] bytes = Documents.utf8("xx[1,q]yy");
        assertThatThrownBy(() -> JsonReader.of(bytes, 2, 5, JsonLimits.DEFAULT).skipValue())
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(3));
        assertThatThrownBy(() -> JsonReader.of(bytes, 2, 8, JsonLimits.DEFAULT))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseCallsThatDoNotFitTheStructure() {
        assertThatIllegalStateException().isThrownBy(() -> JsonReader.of("{}").nextMember());
        assertThatIllegalStateException().isThrownBy(() -> JsonReader.of("[]").nextElement());
        assertThatIllegalStateException().isThrownBy(() -> JsonReader.of("{}").name());
        assertThatIllegalStateException().isThrownBy(() -> {
            JsonReader in = JsonReader.of("[1]");
            in.beginArray();
            in.end();
        });
        assertThatIllegalStateException().isThrownBy(() -> {
            JsonReader in = JsonReader.of("[1]");
            in.beginArray();
            in.nextMember();
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonReader.of("[{\"a\":1}]").listOrNull(in -> {
                    in.beginObject();
                    return "left open";
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonReader.of("{\"a\":1}").objectOrNull(in -> {
                    in.beginObject();
                    return "left open";
                }));
    }

    @Test
    void shouldGiveTheSameTextForRepeatedValuesOnce() {
        String json = "[" + "\"High\",".repeat(5000) + "\"Low\"]";
        JsonReader in = JsonReader.of(json);
        List<String> texts = in.listOrNull(JsonReader::stringOrNull);
        assertThat(texts).hasSize(5001);
        assertThat(texts.get(4999)).isEqualTo("High").isSameAs(texts.get(0));
    }

    @Test
    void shouldReadInstantStrictlyOnKindAndLenientlyOnForm() {
        assertThat(JsonReader.of("\"2020-12-30 14:17:26\"").readInstant())
                .isEqualTo(Instant.parse("2020-12-30T14:17:26Z"));
    }
}
