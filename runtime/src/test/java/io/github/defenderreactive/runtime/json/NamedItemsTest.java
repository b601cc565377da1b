package io.github.defenderreactive.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Items in a member of another name, whose decoder depends on the members before them. */
class NamedItemsTest {

    private final List<Map<String, JsonValue>> before = new ArrayList<>();

    private final JsonDecoder<String> decoder = JsonDecoder.itemsOf("results", members -> {
        before.add(Map.copyOf(members));
        String prefix = members.containsKey("schema") ? members.get("schema").json() : "";
        return in -> prefix + in.readValue().json();
    });

    private List<String> read(String json, int chunk) {
        EnvelopeReader<String> reader = new EnvelopeReader<>(decoder, JsonLimits.DEFAULT);
        List<String> items = new ArrayList<>();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)));
            drain(reader, items);
        }
        reader.endOfInput();
        drain(reader, items);
        assertThat(reader.ended()).isTrue();
        return items;
    }

    private static void drain(EnvelopeReader<String> reader, List<String> items) {
        for (String item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void shouldChooseTheDecoderOnceByTheMembersBeforeTheItems(int chunk) {
        assertThat(read("{\"value\":[1],\"schema\":\"s\",\"Results\":[{\"a\":1},2],\"stats\":[3]}", chunk))
                .containsExactly("\"s\"{\"a\":1}", "\"s\"2");
        assertThat(before).containsExactly(Map.of("value", JsonValue.of("[1]"), "schema", JsonValue.of("\"s\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"results\":[]}", "{\"results\":null}", "[]"})
    void shouldChooseTheDecoderEvenIfThereAreNoItems(String json) {
        assertThat(read(json, 1_000)).isEmpty();
        assertThat(before).containsExactly(Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"value\":[1]} | Not a collection: member \"results\" is missing",
                "{\"results\":1} | Not a collection: member \"results\" is not an array",
                "{\"results\":[],\"RESULTS\":[]} | Duplicate member \"results\""
            })
    void shouldRefuseWhatIsNoCollection(String json, String message) {
        assertThatThrownBy(() -> read(json, 1_000))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldFailWithWhatTheFunctionThrows() {
        EnvelopeReader<String> reader = new EnvelopeReader<>(
                JsonDecoder.itemsOf("results", members -> {
                    throw new IllegalStateException("no columns");
                }),
                JsonLimits.DEFAULT);
        reader.feed(ByteBuffer.wrap("{\"results\":[1]}".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no columns");
        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no columns");
    }
}
