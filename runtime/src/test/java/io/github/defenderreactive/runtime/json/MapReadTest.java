package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.value.ByteString;
import io.github.defenderreactive.runtime.value.Copies;
import java.nio.ReadOnlyBufferException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps, complete lists, and values that are strings in a format. */
class MapReadTest {

    /** Columns: JSON, what is read, whether the whole is irregular. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                          | {}             | false
            {"b":["x"],"a":[]}          | {b=[x], a=[]}  | false
            {"a":["x",1]}               | {a=[x]}        | true
            {"a":["x"],"a":["y"]}       | {a=[y]}        | true
            {"a":["x"],"a":null}        | {}             | true
            {"a":null}                  | {}             | true
            null                        | null           | false
            ["a"]                       | null           | true
            """)
    void shouldReadAMap(String json, String value, boolean irregular) {
        JsonReader in = JsonReader.of(json);

        assertThat(String.valueOf(in.mapOrNull(one -> one.listOrNull(JsonReader::stringOrNull))))
                .isEqualTo(value);
        assertThat(in.irregular()).isEqualTo(irregular ? JsonValue.of(json) : null);
        in.end();
    }

    @Test
    void shouldFindAnIrregularMapInsideAList() {
        JsonReader in = JsonReader.of("[{\"a\":1},{\"a\":\"x\"}]");

        assertThat(in.listOrNull(one -> one.mapOrNull(JsonReader::longOrNull))).hasToString("[{a=1}, {}]");
        assertThat(in.irregular()).hasToString("[{\"a\":1},{\"a\":\"x\"}]");
    }

    @Test
    void shouldFailOnAResponseThatIsAnotherOne() {
        assertThat(JsonReader.of("{\"z\":[1],\"n\":null,\"a\":[]}").readMap(in -> in.readList(JsonReader::readInt)))
                .hasToString("{z=[1], a=[]}");
        assertThatThrownBy(() -> JsonReader.of("{\"a\":[\"x\"]}").readMap(in -> in.readList(JsonReader::readInt)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("$.a[0]");
        assertThat(JsonReader.of("\"2026-01-31\"").readDate()).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(JsonReader.of("\"0F8FAD5B-D9CB-469F-A165-70867728950E\"").readUuid())
                .isEqualTo(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"));
        assertThat(JsonReader.of("\"AP8=\"").readBytes()).isEqualTo(ByteString.of((byte) 0, (byte) 0xFF));
        assertThatThrownBy(() -> JsonReader.of("\"x\"").readDate()).hasMessageContaining("Expected a date");
        assertThatThrownBy(() -> JsonReader.of("\"1-1-1-1-1\"").readUuid()).hasMessageContaining("Expected a UUID");
        assertThatThrownBy(() -> JsonReader.of("\"?\"").readBytes()).hasMessageContaining("Expected Base64 text");
    }

    @Test
    void shouldWriteAMap() {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put("z", 1L);
        map.put("a", 2L);

        assertThat(JsonWriter.toJson(out -> out.map(map, JsonWriter::number))).isEqualTo("{\"z\":1,\"a\":2}");
    }

    @Test
    void shouldKeepBytesAsTheyAre() {
        byte[] given = {1, 2};
        ByteString bytes = ByteString.of(given);
        given[0] = 9;
        bytes.toByteArray()[1] = 9;
        bytes.asByteBuffer().get();

        assertThat(bytes)
                .hasToString("AQI=")
                .isEqualTo(ByteString.ofBase64("AQI="))
                .hasSameHashCodeAs(ByteString.ofBase64("AQI="))
                .isNotEqualTo(ByteString.of());
        assertThat(bytes.size()).isEqualTo(2);
        assertThat(bytes.asByteBuffer().remaining()).isEqualTo(2);
        assertThatThrownBy(() -> bytes.asByteBuffer().put((byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void shouldCopyWithoutNulls() {
        assertThat(Copies.list(List.of(1, 2), number -> number + 1)).containsExactly(2, 3);
        assertThat(Copies.map(Map.of("a", 1), number -> number + 1)).isEqualTo(Map.of("a", 2));
        assertThatNullPointerException().isThrownBy(() -> Copies.list(Arrays.asList(1, null), number -> number));
        Map<String, Integer> odd = new LinkedHashMap<>();
        odd.put("a", null);
        assertThatNullPointerException().isThrownBy(() -> Copies.map(odd));
    }
}
