package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model gets for every kind of value, and what is remembered because writing it back would change it. */
class LenientReadTest {

    private static final String INSTANT = "2021-04-29T09:19:27.7363871Z";

    /** Columns: read, JSON, value ("null" for none), whether odd. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            string  | "text"                 | text     | false
            string  | ""                     | ``       | false
            string  | "\\u00e4"              | ä        | false
            string  | null                   | null     | false
            string  | 5                      | null     | true
            string  | true                   | null     | true
            string  | { "a" : [1] }          | null     | true
            string  | []                     | null     | true
            boolean | true                   | true     | false
            boolean | false                  | false    | false
            boolean | null                   | null     | false
            boolean | "True"                 | true     | true
            boolean | "False"                | false    | true
            boolean | "true"                 | true     | true
            boolean | "yes"                  | null     | true
            boolean | 1                      | true     | true
            boolean | 0                      | false    | true
            boolean | 2                      | null     | true
            boolean | 1.0                    | null     | true
            boolean | "1"                    | null     | true
            boolean | [true]                 | null     | true
            int     | 140                    | 140      | false
            int     | -0                     | 0        | false
            int     | 2147483647             | 2147483647  | false
            int     | 2147483648             | null     | true
            int     | -2147483648            | -2147483648 | false
            int     | -2147483649            | null     | true
            int     | 4.0                    | 4        | true
            int     | 4.5                    | null     | true
            int     | "140"                  | 140      | true
            int     | "2147483648"           | null     | true
            int     | null                   | null     | false
            int     | {}                     | null     | true
            long    | 9223372036854775807    | 9223372036854775807 | false
            long    | 9223372036854775808    | null     | true
            long    | -9223372036854775808   | -9223372036854775808 | false
            long    | 4.0                    | 4        | true
            long    | 1e3                    | 1000     | true
            long    | 1e-3                   | null     | true
            long    | 1e300                  | null     | true
            long    | 1e999999999            | null     | true
            long    | "140"                  | 140      | true
            long    | "-7"                   | -7       | true
            long    | "7.0"                  | 7        | true
            long    | "7.5"                  | null     | true
            long    | "1e999999999"          | null     | true
            long    | "1e99999999999"        | null     | true
            long    | "x"                    | null     | true
            long    | ""                     | null     | true
            long    | false                  | null     | true
            long    | null                   | null     | false
            double  | 7.5                    | 7.5      | false
            double  | 4                      | 4.0      | false
            double  | 4.000                  | 4.0      | false
            double  | -0.0                   | -0.0     | false
            double  | 1e2                    | 100.0    | false
            double  | 0.1                    | 0.1      | false
            double  | 123456789012345        | 1.23456789012345E14 | false
            double  | 0.30000000000000004    | 0.30000000000000004 | false
            double  | 0.3000000000000000     | 0.3      | false
            double  | 0.3000000000000000444  | 0.30000000000000004 | true
            double  | 9007199254740993       | 9.007199254740992E15 | true
            double  | 9007199254740992       | 9.007199254740992E15 | false
            double  | 1e400                  | null     | true
            double  | 1e-400                 | 0.0      | true
            double  | 5e-324                 | 4.9E-324 | false
            double  | 4.9e-324               | 4.9E-324 | true
            double  | 0e-999                 | 0.0      | false
            double  | "7.5"                  | 7.5      | true
            double  | "NaN"                  | null     | true
            double  | "1e400"                | null     | true
            double  | null                   | null     | false
            double  | []                     | null     | true
            decimal | 1.10                   | 1.10     | false
            decimal | 123456789012345678901234567890.5 | 123456789012345678901234567890.5 | false
            decimal | "2.50"                 | 2.50     | true
            decimal | "two"                  | null     | true
            decimal | true                   | null     | true
            decimal | null                   | null     | false
            uuid    | "00000000-0000-0001-0000-000000000002" | 00000000-0000-0001-0000-000000000002 | false
            uuid    | "not a uuid"           | null     | true
            uuid    | null                   | null     | false
            uuid    | 7                      | null     | true
            """)
    void shouldConvertAndRemember(String read, String json, String expected, boolean odd) {
        // Something odd before, to see that each read begins anew; something behind, to see what was consumed.
        JsonReader in = JsonReader.of("[{}," + json + ",\"behind\"]");
        in.beginArray();
        in.nextElement();
        assertThat(in.longOrNull()).isNull();
        assertThat(in.irregular()).isEqualTo(JsonValue.of("{}"));
        in.nextElement();

        Object value = switch (read) {
            case "string" -> in.stringOrNull();
            case "boolean" -> in.booleanOrNull();
            case "int" -> in.intOrNull();
            case "long" -> in.longOrNull();
            case "double" -> in.doubleOrNull();
            case "decimal" -> in.decimalOrNull();
            case "uuid" -> in.textOrNull(UUID::fromString);
            default -> throw new IllegalArgumentException(read);
        };

        assertThat(String.valueOf(value)).isEqualTo(expected);
        assertThat(in.irregular()).isEqualTo(odd ? JsonValue.of(json) : null);
        in.nextElement();
        assertThat(in.readString()).isEqualTo("behind");
    }

    @ParameterizedTest
    @CsvSource({
        "2021-04-29T09:19:27Z, 2021-04-29T09:19:27Z, false",
        "2021-04-29T09:19:27.7363871Z, 2021-04-29T09:19:27.736387100Z, false",
        "2021-04-29T09:19:27.736387123Z, 2021-04-29T09:19:27.736387123Z, false",
        "2021-04-29T09:19:27.7363871239Z, 2021-04-29T09:19:27.736387123Z, true",
        "2021-04-29T09:19:27.500Z, 2021-04-29T09:19:27.5Z, true",
        "2021-04-29T09:19:27.0Z, 2021-04-29T09:19:27Z, true",
        "2021-04-29T09:19:27+00:00, 2021-04-29T09:19:27Z, true",
        "2021-04-29T09:19:27+02:00, 2021-04-29T07:19:27Z, true",
        "2021-04-29T09:19:27-0330, 2021-04-29T12:49:27Z, true",
        "2021-04-29T09:19:27.25+14, 2021-04-28T19:19:27.25Z, true",
        "2021-04-29t09:19:27Z, 2021-04-29T09:19:27Z, true",
        "2021-04-29T09:19:27z, 2021-04-29T09:19:27Z, true",
        "2021-04-29 09:19:27, 2021-04-29T09:19:27Z, true",
        "2021-04-29 09:19:27.0000001, 2021-04-29T09:19:27.000000100Z, true",
        "2021-04-29T09:19, 2021-04-29T09:19:00Z, true",
        "2021-04-29T09:19Z, 2021-04-29T09:19:00Z, true",
        "2021-04-29, 2021-04-29T00:00:00Z, true",
        "0001-01-01T00:00:00, 0001-01-01T00:00:00Z, true",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z, false",
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999900Z, false",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z, false",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z, false",
        "2021-04-29T09:19:27\\u005a, 2021-04-29T09:19:27Z, false"
    })
    void shouldReadTimes(String text, Instant expected, boolean odd) {
        JsonReader in = JsonReader.of("\"" + text + "\"");
        assertThat(in.instantOrNull()).isEqualTo(expected);
        assertThat(in.irregular()).isEqualTo(odd ? JsonValue.of("\"" + text + "\"") : null);
        in.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"now\"",
                "\"2021-04-31\"",
                "\"2023-02-29T00:00:00Z\"",
                "\"1900-02-29\"",
                "\"2021-00-01\"",
                "\"2021-13-01\"",
                "\"2021-01-00\"",
                "\"2021-01-32\"",
                "\"2016-12-31T23:59:60Z\"",
                "\"2021-04-29T24:00:00Z\"",
                "\"2021-04-29T09:60:00Z\"",
                "\"2021-04-29T09:19:27.Z\"",
                "\"2021-04-29T09:19:27Zx\"",
                "\"2021-04-29T09:19:27+19:00\"",
                "\"2021-04-29T09:19:27+1:00\"",
                "\"2021-04-29T09:19:27+01:60\"",
                "\"2021-04-29T09:19:27 \"",
                "\" 2021-04-29\"",
                "\"2021-04-29T\"",
                "\"2021-04-29T09\"",
                "\"2021-04-29T09:1\"",
                "\"2021-04-29T09:19:\"",
                "\"2021-04-29T09:19:2\"",
                "\"2021/04/29\"",
                "\"21-04-29T09:19:27Z\"",
                "\"-001-04-29\"",
                "\"2021-04-29X09:19:27Z\"",
                "\"+2021-04-29\"",
                "\"２０２１-04-29\"",
                "1619688000",
                "true",
                "{}",
                "[\"2021-04-29\"]"
            })
    void shouldRememberWhatIsNoTime(String json) {
        JsonReader in = JsonReader.of(json);
        assertThat(in.instantOrNull()).isNull();
        assertThat(in.irregular()).isEqualTo(JsonValue.of(json));
        in.end();
    }

    @Test
    void shouldNotCallANullTimeOdd() {
        JsonReader in = JsonReader.of("null");
        assertThat(in.instantOrNull()).isNull();
        assertThat(in.irregular()).isNull();
    }

    @Test
    void shouldMakeListsOddByTheirElements() {
        assertList("[]", List.of(), false);
        assertList("[\"a\"]", List.of("a"), false);
        assertList("[\"a\",\"b\"]", List.of("a", "b"), false);
        assertList("[\"a\" , null, \"b\"]", List.of("a", "b"), true);
        assertList("[5]", List.of(), true);
        assertList("[\"a\",{\"b\":1},[\"c\"]]", List.of("a"), true);
        assertList("null", null, false);
        assertList("{}", null, true);
        assertList("\"a\"", null, true);
    }

    private static void assertList(String json, List<String> expected, boolean odd) {
        JsonReader in = JsonReader.of(json);
        assertThat(in.listOrNull(JsonReader::stringOrNull)).isEqualTo(expected);
        assertThat(in.irregular()).isEqualTo(odd ? JsonValue.of(json) : null);
        in.end();
    }

    @Test
    void shouldKeepConvertedScalarsInAnOddList() {
        JsonReader in = JsonReader.of("[1,\"2\",3.0,4]");
        assertThat(in.listOrNull(JsonReader::longOrNull)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(in.irregular()).isEqualTo(JsonValue.of("[1,\"2\",3.0,4]"));
        in = JsonReader.of("[[1],[\"2\"]]");
        assertThat(in.<List<Long>>listOrNull(i -> i.listOrNull(JsonReader::longOrNull)))
                .containsExactly(List.of(1L), List.of(2L));
        assertThat(in.irregular()).isEqualTo(JsonValue.of("[[1],[\"2\"]]"));
    }

    @Test
    void shouldLeaveOddMembersToTheObjectsTheyBelongTo() {
        String json = "[{\"count\":\"5\"},{\"count\":6}]";
        JsonReader in = JsonReader.of(json);
        List<Entity> entities = in.listOrNull(i -> i.objectOrNull(Entity::read));
        assertThat(in.irregular()).isNull();
        assertThat(entities.get(0).others).containsEntry("count", JsonValue.of("\"5\""));
        in = JsonReader.of(json);
        assertThat(in.<Entity>listOrNull(Entity::read)).hasSize(2);
        assertThat(in.irregular()).isNull();
        in = JsonReader.of("{\"count\":\"5\"}");
        assertThat(in.objectOrNull(Entity::read)).isNotNull();
        assertThat(in.irregular()).isNull();
    }

    @Test
    void shouldMakeAListOddByAnElementThatIsNoObject() {
        JsonReader in = JsonReader.of("[{\"count\":6},null,7]");
        assertThat(in.<Entity>listOrNull(i -> i.objectOrNull(Entity::read))).hasSize(1);
        assertThat(in.irregular()).isEqualTo(JsonValue.of("[{\"count\":6},null,7]"));
    }

    @ParameterizedTest
    @CsvSource({"null, false", "5, true", "'[]', true", "'\"{}\"', true"})
    void shouldReadWhatIsNoObjectAsNull(String json, boolean odd) {
        JsonReader in = JsonReader.of(json);
        assertThat(in.objectOrNull(Entity::read)).isNull();
        assertThat(in.irregular()).isEqualTo(odd ? JsonValue.of(json) : null);
        in.end();
    }

    @Test
    void shouldGiveListsNobodyCanChange() {
        for (String json : List.of("[]", "[\"a\"]", "[\"a\",\"b\",\"c\"]")) {
            List<String> list = JsonReader.of(json).listOrNull(JsonReader::stringOrNull);
            assertThat(list).isUnmodifiable();
            assertThat(list.contains(null)).isFalse();
        }
    }

    @Test
    void shouldWriteBackWhateverWasRead() {
        String[] values = {
            "null",
            "\"text\"",
            "\"\\u00e4\\ud83d\"",
            "5",
            "5.0",
            "5.25",
            "1e2",
            "-0",
            "9223372036854775808",
            "1e400",
            "0.30000000000000000001",
            "true",
            "\"True\"",
            "\"5\"",
            "\"" + INSTANT + "\"",
            "\"2021-04-29 09:19:27\"",
            "\"0001-01-01T00:00:00\"",
            "\"2021-04-29T09:19:27.500Z\"",
            "{}",
            "{\"count\":\"x\",\"new\":[1]}",
            "[]",
            "[null]",
            "[\"a\"]",
            "[\"a\",5]",
            "[{\"id\":\"n\"},{}]",
            "[{\"id\":3},7]",
            "[[1],[\"1\"]]",
            "[5,6.0]"
        };
        for (String member : Entity.MEMBERS) {
            for (String value : values) {
                String json = "{\"" + member + "\":" + value + ",\"other\":" + value + "}";
                Entity entity = Entity.read(JsonReader.of(json));
                String written = JsonWriter.toJson(entity);
                assertThat(Jackson.tree(written)).as(json).isNotNull();
                assertThat(Jackson.isSame(Jackson.tree(written), withoutNulls(json, member)))
                        .as("%s written as %s", json, written)
                        .isTrue();
                assertThat(JsonWriter.toJson(Entity.read(JsonReader.of(written))))
                        .isEqualTo(written);
            }
        }
    }

    private static Object withoutNulls(String json, String member) {
        @SuppressWarnings("unchecked")
        var map = (java.util.Map<String, Object>) JsonValue.of(json).toJava();
        if (map.get(member) == null) {
            map.remove(member);
        }
        return map;
    }

    @Test
    void shouldReadNumbersOfAnyLengthWithoutTrouble() {
        String digits = "9".repeat(1000);
        JsonReader in = JsonReader.of(digits);
        assertThat(in.longOrNull()).isNull();
        assertThat(in.irregular()).hasToString(digits);
        in = JsonReader.of("0." + "1".repeat(900));
        assertThat(in.doubleOrNull()).isEqualTo(0.1111111111111111);
        assertThat(in.irregular()).isNotNull();
        in = JsonReader.of("\"" + digits + "\"");
        assertThat(in.decimalOrNull()).isNull();
        assertThat(in.irregular()).isNotNull();
        assertThat(JsonReader.of("12.5").decimalOrNull()).isEqualTo(new BigDecimal("12.5"));
    }
}
