package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON value per line. */
class LinesTest {

    private static List<Object> read(String text, int piece, JsonLimits limits) {
        EnvelopeReader<JsonValue> reader = new EnvelopeReader<>(JsonDecoder.lines(JsonReader::readValue), limits);
        List<Object> items = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
            pull(reader, items);
        }
        reader.endOfInput();
        pull(reader, items);
        assertThat(reader.ended()).isTrue();
        assertThat(reader.envelope().items()).isEqualTo(items.size());
        return items;
    }

    private static void pull(EnvelopeReader<JsonValue> reader, List<Object> items) {
        for (JsonValue item = reader.next(); item != null; item = reader.next()) {
            items.add(item.json());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldReadValuesInPiecesOfAnySize(int piece) {
        assertThat(read("\uFEFF{\"a\":1}\n[2]\r\n\n \"ä\"\n12\nnull\n34", piece, JsonLimits.DEFAULT))
                .containsExactly("{\"a\":1}", "[2]", "\"ä\"", "12", "null", "34");
        assertThat(read("", piece, JsonLimits.DEFAULT)).isEmpty();
        assertThat(read(" \n", piece, JsonLimits.DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"a\":1}{\"a | end of input", "{};,{} | Expected a value", "{};x | Expected a value"})
    void shouldRefuse(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace(';', '\n'), 2, JsonLimits.DEFAULT))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldLimitALineAndNotTheirNumber() {
        JsonLimits limits =
                JsonLimits.DEFAULT.mutate().itemBytes(10).pageBytes(12).build();

        assertThat(read("[1]\n".repeat(1000), 5, limits)).hasSize(1000);
        assertThatThrownBy(() -> read("[1]\n[\"01234567890\"]", 5, limits)).hasMessageContaining("Item larger than 10");
    }
}
